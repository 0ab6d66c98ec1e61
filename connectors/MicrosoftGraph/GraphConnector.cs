using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Responder.Connectors.MicrosoftGraph.Alerts;
using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.MicrosoftGraph;

/// <summary>Microsoft Graph: users of Entra ID, their sign-ins, methods and risk, and Defender XDR's alerts.</summary>
public sealed class GraphConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "graph";

    /// <inheritdoc/>
    public string About => "Microsoft Graph: users of Entra ID, sign-ins, methods, risk, and the alerts of Microsoft Defender XDR.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(GraphSettings.Read(settings));
        services.AddSingleton(provider => new GraphApi(
            provider.GetRequiredService<GraphSettings>(), provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILogger<GraphApi>>()));
        services.AddSingleton<GraphUsers>();
        services.AddSingleton<GraphGroups>();
        services.AddSingleton<GraphRisk>();
        services.AddSingleton<GraphAlerts>();
        services.AddSingleton<ITargetDescriber, GraphDescriber>();
        services.AddSingleton<IConnectionCheck, GraphCheck>();
        services.AddSingleton<IAlertFeed, GraphAlertFeed>();
        services.AddSingleton<IAlertWriteBack, GraphWriteBack>();
    }
}
