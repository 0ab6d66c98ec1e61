using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Responder.Sdk;

namespace Responder.Connectors.Teams;

/// <summary>Messages and questions in Microsoft Teams, by webhooks of Workflows.</summary>
public sealed class TeamsConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "teams";

    /// <inheritdoc/>
    public string About => "Microsoft Teams by webhooks of Workflows (Power Automate), as Adaptive Cards.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        var read = TeamsSettings.Read(settings);
        services.AddSingleton(provider => new Webhooks(read, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger("Responder.Teams")));
        services.AddSingleton<IConnectionCheck, TeamsCheck>();
    }
}
