using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Responder.Connectors.CrowdStrike.Actions;
using Responder.Connectors.CrowdStrike.Alerts;
using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.CrowdStrike;

/// <summary>CrowdStrike Falcon: hosts, alerts, Real Time Response, on-demand scans, by its REST API.</summary>
public sealed class CrowdStrikeConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "crowdstrike";

    /// <inheritdoc/>
    public string About => "CrowdStrike Falcon: hosts, alerts, Real Time Response and on-demand scans by its REST API.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(CrowdStrikeSettings.Read(settings));
        services.AddSingleton(provider => new FalconClient(
            provider.GetRequiredService<CrowdStrikeSettings>(), provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILogger<FalconClient>>()));
        services.AddSingleton<FalconHosts>();
        services.AddSingleton<FalconAlerts>();
        services.AddSingleton<RtrDesk>();
        services.AddSingleton<RtrScripts>();
        services.AddSingleton<PlainDeletion>();
        services.AddSingleton<PlainFileDeletion>();
        services.AddSingleton<ITargetDescriber, CrowdStrikeDescriber>();
        services.AddSingleton<IConnectionCheck, CrowdStrikeCheck>();
        services.AddSingleton<IAlertFeed, FalconAlertFeed>();
        services.AddSingleton<IAlertWriteBack, FalconWriteBack>();
    }
}
