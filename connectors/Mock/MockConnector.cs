using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Responder.Connectors.Mock.Alerts;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Catalog;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock;

/// <summary>Every capability over one made-up company: for tests of playbooks, plan and demo.</summary>
public sealed class MockConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "mock";

    /// <inheritdoc/>
    public string About => "A made-up company in this process; every effect is kept in mock-estate.jsonl of the data folder.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        var definition = MockSettings.Read(settings);
        var folder = settings["Folder"] is { Length: > 0 } named ? named : null;
        services.AddSingleton(provider => SharedEstates.Take(
            definition, folder ?? provider.GetRequiredService<ConnectionInfo>().DataFolder, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddSingleton(provider => provider.GetRequiredService<EstateShare>().Estate);
        services.AddSingleton<IEffectCounter>(provider => provider.GetRequiredService<MockEstate>());
        services.TryAddSingleton<Crash>(_ => Environment.FailFast);
        services.AddSingleton<IActionDecorator, FaultyActions>();
        services.AddSingleton<ITargetDescriber, MockDescriber>();
        services.AddSingleton<IConnectionCheck, MockCheck>();
        services.AddSingleton<IAlertFeed, MockAlertFeed>();
        services.AddSingleton<IAlertWriteBack, MockWriteBack>();
        services.AddSingleton<IAlertRest, MockAlertRest>();
    }
}
