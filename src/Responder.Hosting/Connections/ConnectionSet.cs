using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Responder.Engine.Runs;
using Responder.Hosting.Answers;
using Responder.Sdk;
using Responder.Sdk.Catalog;
using Responder.Sdk.Chat;
using Responder.Sdk.Estate;

namespace Responder.Hosting.Connections;

/// <summary>
/// The connections of this installation, each with services of its own. Settings: <c>Connections:NAME:Connector</c> with that connector's settings beside it,
/// and <c>Capabilities:edr: NAME</c> where several serve one action.
/// </summary>
public sealed class ConnectionSet : IConnections, IAsyncDisposable
{
    /// <summary>The connector that stands in for all where none is configured, and its connection.</summary>
    private const string Mock = "mock";

    private readonly Dictionary<string, (Connection Connection, ServiceProvider Services)> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Assembly, IReadOnlyList<FoundHandler>> _handlers = [];
    private readonly CapabilityChoices _choices = new();
    private readonly ConcurrentDictionary<string, (Health Health, DateTimeOffset At)> _checks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _without;
    private readonly TimeProvider _time;

    private ConnectionSet(ActionCatalog catalog, string mode, IEnumerable<string> without, AnswerLinks answers, TimeProvider time)
    {
        _time = time;
        Answers = answers;
        Catalog = catalog;
        Mode = mode;
        _without = without.ToHashSet(StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public ActionCatalog Catalog { get; }

    /// <inheritdoc/>
    public string Mode { get; }

    /// <summary>Makes the links by which people answer questions.</summary>
    public AnswerLinks Answers { get; }

    /// <summary>Every connection.</summary>
    public IReadOnlyCollection<Connection> All => [.. _byName.Values.Select(one => one.Connection)];

    /// <summary>Opens the connections.</summary>
    /// <param name="found">The connectors.</param>
    /// <param name="options">Which, and how.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">For the connectors' messages.</param>
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static ConnectionSet Open(IReadOnlyDictionary<string, FoundConnector> found, ConnectionOptions options, TimeProvider time, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(options);
        var set = new ConnectionSet(ActionCatalog.From(found.Values.Select(one => one.Assembly)), options.Mode, options.Without, new AnswerLinks(options.Configuration["PublicAddress"]), time);
        var connections = options.Configuration.GetSection("Connections");
        if (options.Mode == Mock)
        {
            // One company behind every name that a playbook may use; settings of a mock connection hold for all of them.
            var settings = options.MockSettings ?? connections.GetSection(Mock);
            var names = options.MockConnections.Prepend(Mock).Concat(connections.GetChildren().Select(Id));
            foreach (var name in names.Distinct(StringComparer.Ordinal))
            {
                set.Add(name, Mock, found, settings, options, time, logs);
            }
        }
        else
        {
            foreach (var section in connections.GetChildren().Where(IsConfigured))
            {
                var connector = section["Connector"] ?? throw new SettingsException($"{section.Path}:Connector", $"is missing; it names one of {string.Join(", ", found.Keys)}.");
                set.Add(Id(section), connector, found, section, options, time, logs);
            }

            if (set._byName.Count == 0)
            {
                throw new SettingsException("Connections", $"names no connection, and --connectors is configured. Each has a name, its Connector ({string.Join(", ", found.Keys)}), and that connector's settings.");
            }

            set._choices.Read(options.Configuration.GetSection("Capabilities"), set.All);
        }

        return set;
    }

    /// <summary>True where the settings configure a connection. The section of the mock alone, without its connector named, is settings for the mocks.</summary>
    /// <param name="configuration">The settings.</param>
    public static bool AreConfigured(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.GetSection("Connections").GetChildren().Any(IsConfigured);
    }

    /// <inheritdoc/>
    public Connection? For(string action, string? connection)
    {
        ArgumentNullException.ThrowIfNull(action);
        var capability = action[..action.IndexOf('.', StringComparison.Ordinal)];
        if (_without.Contains(capability))
        {
            return null;
        }

        if (connection is not null)
        {
            return Named(connection) is { } named && named.Actions.ContainsKey(action) ? named : null;
        }

        return _choices.For(action) is { } chosen
            ? Named(chosen) is { } one && one.Actions.ContainsKey(action) ? one : null
            : _byName.Values.Select(one => one.Connection).FirstOrDefault(one => one.Actions.ContainsKey(action));
    }

    /// <inheritdoc/>
    public Connection? Named(string name) => _byName.TryGetValue(name, out var found) ? found.Connection : null;

    /// <inheritdoc/>
    public bool Serves(string capability) =>
        !_without.Contains(capability) && _byName.Values.Any(one => one.Connection.Actions.Keys.Any(action => action.StartsWith(capability + ".", StringComparison.Ordinal)));

    /// <summary>Action name to the connections that serve it, as the validator wants it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Served() => Catalog.All
        .Select(action => (action.Name, Names: (IReadOnlyList<string>)[.. _byName.Values.Where(one => one.Connection.Actions.ContainsKey(action.Name)).Select(one => one.Connection.Name)]))
        .Where(one => one.Names.Count > 0 && !_without.Contains(one.Name[..one.Name.IndexOf('.', StringComparison.Ordinal)]))
        .ToDictionary(one => one.Name, one => one.Names, StringComparer.Ordinal);

    /// <summary>A service of the connections, of the first that has it: the mocks' effect counter.</summary>
    public T? Service<T>()
        where T : class => _byName.Values.Select(one => one.Services.GetService<T>()).FirstOrDefault(one => one is not null);

    /// <summary>A service of one connection.</summary>
    /// <param name="connection">Its name.</param>
    public T? ServiceOf<T>(string connection)
        where T : class => _byName.TryGetValue(connection, out var found) ? found.Services.GetService<T>() : null;

    /// <summary>What the calls of a connection's actions came to, since this process began.</summary>
    /// <param name="connection">Its name.</param>
    public CallFigures Calls(string connection) => ServiceOf<CallMeter>(connection)!.Read();

    /// <summary>What the last check of a connection found, since this process began; null where none was made.</summary>
    /// <param name="connection">Its name.</param>
    public (Health Health, DateTimeOffset At)? LastCheck(string connection) => _checks.TryGetValue(connection, out var found) ? found : null;

    internal Health Keep(string connection, Health health)
    {
        _checks[connection] = (health, _time.GetUtcNow());
        return health;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, services) in _byName.Values)
        {
            await services.DisposeAsync();
        }
    }

    private static bool IsConfigured(IConfigurationSection section) => section["Connector"] is not null || !section.Key.Equals(Mock, StringComparison.OrdinalIgnoreCase);

    /// <summary>A connection's name, as playbooks and journals write it. Variables of the environment may shout it.</summary>
    private static string Id(IConfigurationSection section)
    {
        var id = section.Key.ToLowerInvariant();
        return id[0] is >= 'a' and <= 'z' && id.All(sign => sign is >= 'a' and <= 'z' or >= '0' and <= '9' or '_')
            ? id
            : throw new SettingsException(section.Path, "is no name of a connection: lower-case letters, digits and _, a letter first.");
    }

    // One company's mock stands behind several names: its handlers are looked for once.
    private IReadOnlyList<FoundHandler> Handlers(Assembly connector) =>
        _handlers.TryGetValue(connector, out var found) ? found : _handlers[connector] = HandlerFinder.Find(connector, Catalog);

    private void Add(
        string name, string connector, IReadOnlyDictionary<string, FoundConnector> found, IConfigurationSection settings, ConnectionOptions options, TimeProvider time, ILoggerFactory logs)
    {
        if (!found.TryGetValue(connector, out var one))
        {
            throw new SettingsException($"{settings.Path}:Connector", $"names '{connector}', which is not beside the program; there are {string.Join(", ", found.Keys)}.");
        }

        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton(logs);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(new ConnectionInfo(name, connector, options.DataFolder));
        services.AddSingleton<IAnswerLinks>(Answers);
        if (options.Crash is { } crash)
        {
            services.AddSingleton(crash);
        }

        one.Connector.Configure(services, settings);

        // Behind the connector's own, and so around them: a call that a fault of the mocks strikes is a call all the same.
        foreach (var decorator in options.Decorators)
        {
            services.AddSingleton(decorator);
        }

        var meter = new CallMeter(time);
        services.AddSingleton<IActionDecorator>(meter);
        services.AddSingleton(meter);
        services.TryAddSingleton(Catalog);
        var provider = services.BuildServiceProvider();
        _byName[name] = (
            new Connection
            {
                Name = name,
                Connector = connector,
                Actions = HandlerFinder.Bind(Handlers(one.Assembly), provider),
                Describer = provider.GetService<ITargetDescriber>(),
            },
            provider);
    }
}

/// <summary>Which connections, and how.</summary>
public sealed record ConnectionOptions
{
    /// <summary><c>mock</c> or <c>configured</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>The settings.</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>A folder for files of the connections.</summary>
    public required string DataFolder { get; init; }

    /// <summary>In mock mode: names that playbooks give in <c>connection</c>.</summary>
    public IReadOnlyList<string> MockConnections { get; init; } = [];

    /// <summary>In mock mode: the mock connector's settings, in place of those of the settings file.</summary>
    public IConfigurationSection? MockSettings { get; init; }

    /// <summary>Capabilities that are not served, whatever is configured: for tests of playbooks.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Put round every action, the last outermost: for tests of playbooks.</summary>
    public IReadOnlyList<IActionDecorator> Decorators { get; init; } = [];

    /// <summary>What happens in place of the process's end where a fault of the mocks wants that; it ends where null.</summary>
    public Crash? Crash { get; init; }
}
