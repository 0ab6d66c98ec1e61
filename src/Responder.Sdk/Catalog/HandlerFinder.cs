using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Responder.Sdk.Catalog;

/// <summary>Finds a connector's handlers and binds them to one connection. Everything that is wrong is said at once, by class.</summary>
public static class HandlerFinder
{
    /// <summary>The handlers in an assembly, not built yet.</summary>
    /// <param name="connector">The connector's assembly.</param>
    /// <param name="catalog">Every action there is.</param>
    /// <exception cref="InvalidOperationException">An action has two handlers; an effect has no recovery rule; a rule says probe and there is none; a handler is of no action.</exception>
    public static IReadOnlyList<FoundHandler> Find(Assembly connector, ActionCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(catalog);
        var known = catalog.All.ToDictionary(action => action.ActionType);
        var found = new Dictionary<string, FoundHandler>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var (type, face) in Faces(connector))
        {
            var record = face.GetGenericArguments()[0];
            if (!known.TryGetValue(record, out var action))
            {
                problems.Add($"{type} carries out {record}, which has no [Action] in the Sdk or in a connector that was found.");
                continue;
            }

            problems.AddRange(Problems(type, action));
            if (!found.TryAdd(action.Name, new FoundHandler(action, type)))
            {
                problems.Add($"{type} and {found[action.Name].Type} both carry out {action.Name}; a connector has one handler an action.");
            }
        }

        return problems.Count > 0
            ? throw new InvalidOperationException($"{connector.GetName().Name} can't be used:{Environment.NewLine}- {string.Join($"{Environment.NewLine}- ", problems)}")
            : [.. found.Values.OrderBy(handler => handler.Action.Name, StringComparer.Ordinal)];
    }

    /// <summary>Builds every handler from the services of one connection, and puts the connection's <see cref="IActionDecorator"/>s round it.</summary>
    /// <param name="connector">The connector's assembly.</param>
    /// <param name="catalog">Every action there is.</param>
    /// <param name="services">The services of one connection.</param>
    /// <returns>The actions that the connection serves, by name.</returns>
    /// <exception cref="InvalidOperationException">As for <see cref="Find"/>, or a handler needs what the connection's services lack.</exception>
    public static IReadOnlyDictionary<string, BoundAction> Bind(Assembly connector, ActionCatalog catalog, IServiceProvider services) => Bind(Find(connector, catalog), services);

    /// <summary>Builds the handlers that were found, for one connection of several.</summary>
    /// <param name="found">The connector's handlers.</param>
    /// <param name="services">The services of one connection.</param>
    /// <returns>The actions that the connection serves, by name.</returns>
    /// <exception cref="InvalidOperationException">A handler needs what the connection's services lack.</exception>
    public static IReadOnlyDictionary<string, BoundAction> Bind(IReadOnlyList<FoundHandler> found, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(services);
        var decorators = services.GetServices<IActionDecorator>().ToList();
        var built = new Dictionary<Type, object>();
        return found.ToDictionary(
            handler => handler.Action.Name,
            handler =>
            {
                if (!built.TryGetValue(handler.Type, out var instance))
                {
                    built[handler.Type] = instance = ActivatorUtilities.CreateInstance(services, handler.Type);
                }

                return decorators.Aggregate(BoundAction.Bind(handler.Action, instance), (inner, decorator) => decorator.Decorate(inner));
            },
            StringComparer.Ordinal);
    }

    private static IEnumerable<(Type Type, Type Face)> Faces(Assembly connector) => connector.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false })
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => type.GetInterfaces()
            .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IActionHandler<,>))
            .Select(face => (type, face)));

    private static IEnumerable<string> Problems(Type type, ActionDescriptor action)
    {
        var rule = type.GetCustomAttribute<RecoveryAttribute>()?.Rule;
        if (rule is null && action.Effect != Effect.Read)
        {
            yield return $"{type} carries out {action.Name}, which has an effect, and has no [Recovery].";
        }

        if (rule == Recover.Probe && !typeof(IProbe<,>).MakeGenericType(action.ActionType, action.ResultType).IsAssignableFrom(type))
        {
            yield return $"{type} says [Recovery(Recover.Probe)] and implements no IProbe<{action.ActionType.Name}, {action.ResultType.Name}>.";
        }
    }
}

/// <summary>A handler that was found.</summary>
/// <param name="Action">The action that it carries out.</param>
/// <param name="Type">The class.</param>
public sealed record FoundHandler(ActionDescriptor Action, Type Type)
{
    /// <summary>Its recovery rule; null for a read.</summary>
    public Recover? Recovery => Type.GetCustomAttribute<RecoveryAttribute>()?.Rule;
}

/// <summary>Something put round every action of a connection, registered in its services: faults in tests, scripted answers, measurements.</summary>
public interface IActionDecorator
{
    /// <summary>The action with something round it, or as it is.</summary>
    /// <param name="action">The action.</param>
    BoundAction Decorate(BoundAction action);
}
