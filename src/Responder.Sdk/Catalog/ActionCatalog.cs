using System.Collections.Frozen;
using System.Reflection;

namespace Responder.Sdk.Catalog;

/// <summary>Every action there is: those of the capabilities, and the vendors' own of the connectors that were found.</summary>
public sealed class ActionCatalog
{
    private readonly FrozenDictionary<string, ActionDescriptor> _byName;
    private readonly FrozenDictionary<Type, ActionDescriptor> _byType;

    private ActionCatalog(IEnumerable<ActionDescriptor> actions)
    {
        var byName = new Dictionary<string, ActionDescriptor>(StringComparer.Ordinal);
        foreach (var action in actions)
        {
            if (!byName.TryAdd(action.Name, action))
            {
                throw new InvalidOperationException(
                    $"Two records are named '{action.Name}': {byName[action.Name].ActionType.AssemblyQualifiedName} and {action.ActionType.AssemblyQualifiedName}.");
            }
        }

        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _byType = byName.Values.ToFrozenDictionary(action => action.ActionType);
        All = [.. byName.Values.OrderBy(action => action.Name, StringComparer.Ordinal)];
    }

    /// <summary>The vendor-neutral actions alone.</summary>
    public static ActionCatalog Neutral { get; } = From([typeof(ActionCatalog).Assembly]);

    /// <summary>Every action, by name.</summary>
    public IReadOnlyList<ActionDescriptor> All { get; }

    /// <summary>The catalogue of these assemblies and of the Sdk.</summary>
    /// <param name="assemblies">Connectors' assemblies.</param>
    public static ActionCatalog From(IEnumerable<Assembly> assemblies) => new(
        assemblies.Append(typeof(ActionCatalog).Assembly).Distinct()
            // Public types alone: to look at the others would load every vendor's library at each start.
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.IsDefined(typeof(ActionAttribute), inherit: false))
            .Select(Describe));

    /// <summary>An action by the name that playbooks use.</summary>
    /// <param name="name">Its name.</param>
    public ActionDescriptor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>An action by its record.</summary>
    /// <param name="type">The record.</param>
    public ActionDescriptor Of(Type type) => _byType[type];

    private static ActionDescriptor Describe(Type type)
    {
        var attribute = type.GetCustomAttribute<ActionAttribute>()!;
        var result = type.GetInterfaces()
            .FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IAction<>))?.GetGenericArguments()[0]
            ?? throw new InvalidOperationException($"{type} has [Action] and does not implement IAction<TResult>.");
        return new ActionDescriptor(type, result)
        {
            Name = attribute.Name,
            Effect = attribute.Effect,
            Undo = attribute.Undo?.GetCustomAttribute<ActionAttribute>()?.Name,
            NoUndo = attribute.NoUndo,
            Lifts = attribute.Lifts,
            Lists = attribute.Lists?.GetCustomAttribute<ActionAttribute>()?.Name,
        };
    }
}
