using System.Reflection;
using Responder.Sdk;

namespace Responder.Hosting.Connections;

/// <summary>Finds connectors beside the program by the name of their assembly; no code names one.</summary>
public static class ConnectorFinder
{
    private const string Pattern = "Responder.Connectors.*.dll";

    /// <summary>The connectors in a folder, by name.</summary>
    /// <param name="folder">Where the program is.</param>
    /// <exception cref="InvalidOperationException">Two assemblies hold a connector of one name, or one holds several.</exception>
    public static IReadOnlyDictionary<string, FoundConnector> Find(string folder)
    {
        var found = new Dictionary<string, FoundConnector>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, Pattern).Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var assembly = Assembly.LoadFrom(file);
            var types = assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IConnector).IsAssignableFrom(type)).ToList();
            if (types.Count != 1)
            {
                throw new InvalidOperationException($"{file} must hold exactly one public IConnector; it holds {types.Count}.");
            }

            var connector = (IConnector)Activator.CreateInstance(types[0])!;
            if (!found.TryAdd(connector.Name, new FoundConnector(connector, assembly)))
            {
                throw new InvalidOperationException($"Two connectors are named '{connector.Name}': {found[connector.Name].Assembly.Location} and {file}.");
            }
        }

        return found;
    }
}

/// <summary>A connector that was found.</summary>
/// <param name="Connector">Its one class.</param>
/// <param name="Assembly">Where its handlers are.</param>
public sealed record FoundConnector(IConnector Connector, Assembly Assembly);
