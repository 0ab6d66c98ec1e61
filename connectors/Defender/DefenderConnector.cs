using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Responder.Connectors.Defender.Alerts;
using Responder.Connectors.Defender.Client;
using Responder.Connectors.Defender.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Defender;

/// <summary>Microsoft Defender for Endpoint: machines, isolation, scans, folders, processes and files by live response, alerts.</summary>
public sealed class DefenderConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "defender";

    /// <inheritdoc/>
    public string About => "Microsoft Defender for Endpoint: machines, isolation, scans, folders, processes and files by live response, and alerts.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(DefenderSettings.Read(settings));
        services.AddSingleton(provider => new DefenderApi(
            provider.GetRequiredService<DefenderSettings>(), provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILogger<DefenderApi>>()));
        services.AddSingleton<Machines>();
        services.AddSingleton<MachineActions>();
        services.AddSingleton<LiveDesk>();
        services.AddSingleton<ScriptLibrary>();
        services.AddSingleton<LibraryScripts>();
        services.AddSingleton<DefenderAlerts>();
        services.AddSingleton<ITargetDescriber, DefenderDescriber>();
        services.AddSingleton<IConnectionCheck, DefenderCheck>();
        services.AddSingleton<IAlertFeed, DefenderAlertFeed>();
        services.AddSingleton<IAlertWriteBack, DefenderWriteBack>();
    }
}
