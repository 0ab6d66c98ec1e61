using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Responder.Connectors.Elastic.Alerts;
using Responder.Connectors.Elastic.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Elastic;

/// <summary>Elastic Security: its detection alerts, read, updated and given notes.</summary>
public sealed class ElasticConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "elastic";

    /// <inheritdoc/>
    public string About => "Elastic Security: detection alerts by Kibana's API.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        var read = ElasticSettings.Read(settings);
        services.AddSingleton(read);
        services.AddSingleton(provider => new KibanaClient(read, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<KibanaClient>>()));
        services.AddSingleton<DetectionAlerts>();
        services.AddSingleton<IConnectionCheck, ElasticCheck>();
        services.AddSingleton<IAlertWriteBack, DetectionWriteBack>();
    }
}
