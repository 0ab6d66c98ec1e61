using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Responder.Connectors.Jira.Alerts;
using Responder.Connectors.Jira.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Jira;

/// <summary>Tickets in Jira: Cloud by REST API v3, Data Center by v2.</summary>
public sealed class JiraConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "jira";

    /// <inheritdoc/>
    public string About => "Jira Cloud (REST API v3) and Jira Data Center (v2).";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        var read = JiraSettings.Read(settings);
        services.AddSingleton(read);
        services.AddSingleton(provider => new JiraClient(read, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger("Responder.Jira")));
        services.AddSingleton<Issues>();
        services.AddSingleton<Comments>();
        services.AddSingleton<CreateScreen>();
        services.AddSingleton<Moves>();
        services.AddSingleton<ITargetDescriber, JiraDescriber>();
        services.AddSingleton<IConnectionCheck, JiraCheck>();
        services.AddSingleton<IAlertFeed, JiraFeed>();
        services.AddSingleton<IAlertWriteBack, JiraWriteBack>();
    }
}
