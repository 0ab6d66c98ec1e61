using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Runs;

/// <summary>The configured connections, as the engine sees them.</summary>
public interface IConnections
{
    /// <summary>Every action there is.</summary>
    ActionCatalog Catalog { get; }

    /// <summary><c>mock</c> or <c>configured</c>: kept in a run's first event.</summary>
    string Mode { get; }

    /// <summary>The connection that serves an action here; null where none does.</summary>
    /// <param name="action">The action's name.</param>
    /// <param name="connection">The connection that the playbook names; null where it names none.</param>
    Connection? For(string action, string? connection);

    /// <summary>A connection by its name, as an intent recorded it; null where it is gone.</summary>
    /// <param name="name">Its name.</param>
    Connection? Named(string name);

    /// <summary>True where a capability (or a connector's own actions) is served here.</summary>
    /// <param name="capability">Its name.</param>
    bool Serves(string capability);
}

/// <summary>A configured connection with its handlers.</summary>
public sealed class Connection
{
    /// <summary>Its name in configuration.</summary>
    public required string Name { get; init; }

    /// <summary>Its connector's name.</summary>
    public required string Connector { get; init; }

    /// <summary>Its handlers, by action name.</summary>
    public required IReadOnlyDictionary<string, BoundAction> Actions { get; init; }

    /// <summary>Says what a target is; null where the connector acts on nothing that has facts.</summary>
    public ITargetDescriber? Describer { get; init; }
}

/// <summary>Makes ids of runs, alerts and events: unique over all nodes, in the order of time.</summary>
public interface IIds
{
    /// <summary>A new id, lower-case letters and digits.</summary>
    string New();
}
