using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Responder.Connectors.Splunk.Alerts;
using Responder.Connectors.Splunk.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Splunk;

/// <summary>Splunk's searches, and the notables of its Enterprise Security.</summary>
public sealed class SplunkConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "splunk";

    /// <inheritdoc/>
    public string About => "Splunk Enterprise and Cloud by the management API; notables of Enterprise Security.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        var read = SplunkSettings.Read(settings);
        services.AddSingleton(provider => new SplunkClient(read, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger("Responder.Splunk")));
        services.AddSingleton<Notables>();
        services.AddSingleton<IConnectionCheck, SplunkCheck>();
        services.AddSingleton<IAlertFeed, NotableFeed>();
        services.AddSingleton<IAlertRest, RowsBySearch>();
        services.AddSingleton<IAlertWriteBack, NotableWriteBack>();
    }
}
