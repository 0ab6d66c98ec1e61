using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Responder.Connectors.Sentinel.Alerts;
using Responder.Connectors.Sentinel.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Sentinel;

/// <summary>Microsoft Sentinel: its incidents, read, updated and commented.</summary>
public sealed class SentinelConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "sentinel";

    /// <inheritdoc/>
    public string About => "Microsoft Sentinel: incidents of one workspace by Azure's management API.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        var read = SentinelSettings.Read(settings);
        services.AddSingleton(read);
        services.AddSingleton(provider => new SentinelApi(read, provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILogger<SentinelApi>>()));
        services.AddSingleton<Incidents>();
        services.AddSingleton<IConnectionCheck, SentinelCheck>();
        services.AddSingleton<IAlertWriteBack, IncidentWriteBack>();
    }
}
