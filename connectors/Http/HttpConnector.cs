using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Http.Calls;
using Responder.Sdk;

namespace Responder.Connectors.Http;

/// <summary>Any REST API, one a connection.</summary>
public sealed class HttpConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public string About => "Any REST API: one base address and credential a connection, no redirects, no private addresses unless named.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(HttpSettings.Read(settings));
        services.AddSingleton<ApiClient>();
        services.AddSingleton<IConnectionCheck, HttpCheck>();
    }
}
