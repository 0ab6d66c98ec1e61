using System.Text.Json.Nodes;
using Responder.Sdk.Catalog;

namespace Responder.Hosting.Emulation;

/// <summary>The settings by which <c>--connectors configured</c> works on a fleet of emulators.</summary>
public static class FleetSettings
{
    /// <summary>The connection that serves what has no emulator: the mock, over the fleet's own estate.</summary>
    private const string Rest = "company";

    /// <summary>
    /// A connection for each emulator under its name, and mocks over the same estate for all that no emulator serves. Where several serve a capability, the one
    /// with the most of its actions does, and of two alike the one that is not the company's second.
    /// </summary>
    /// <param name="fleet">The emulators.</param>
    /// <param name="catalog">Every action.</param>
    /// <param name="mock">The settings of the mock: its folder, and what its company differs in.</param>
    /// <param name="more">Names that playbooks give in <c>connection</c>.</param>
    /// <param name="publicAddress">Where answers are taken: loopback, so that the run serves the page itself.</param>
    public static JsonObject Of(EmulatorFleet fleet, ActionCatalog catalog, IReadOnlyDictionary<string, string?> mock, IEnumerable<string> more, string publicAddress)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(catalog);
        var connections = new JsonObject();
        foreach (var member in fleet.Members)
        {
            connections[member.Server.Name] = Section(member.Connector.Connector.Name, member.Server.Settings);
        }

        foreach (var name in more.Prepend(Rest))
        {
            connections[name] = Section("mock", mock);
        }

        var capabilities = new JsonObject();
        var seconds = fleet.Members.Where(member => member.Server.IsSecond).Select(member => member.Server.Name).ToHashSet(StringComparer.Ordinal);
        var served = fleet.Members.SelectMany(member => HandlerFinder.Find(member.Connector.Assembly, catalog).Select(handler => (handler.Action, member.Server.Name))).ToLookup(one => one.Action.Capability);
        foreach (var capability in catalog.All.GroupBy(action => action.Capability).Where(group => group.Any(action => HasMock(action))).Select(group => group.Key).Order(StringComparer.Ordinal))
        {
            var best = served[capability].GroupBy(one => one.Name).OrderByDescending(group => group.Count()).ThenBy(group => seconds.Contains(group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault();
            capabilities[capability] = best?.Key ?? Rest;
            foreach (var action in catalog.All.Where(action => action.Capability == capability && best is not null && HasMock(action) && best.All(one => one.Action.Name != action.Name)))
            {
                capabilities[action.Name] = served[capability].FirstOrDefault(one => one.Action.Name == action.Name).Name ?? Rest;
            }
        }

        return new JsonObject { ["PublicAddress"] = publicAddress, ["Connections"] = connections, ["Capabilities"] = capabilities };
    }

    /// <summary>Vendors' own actions are served by their connector alone.</summary>
    private static bool HasMock(ActionDescriptor action) => action.ActionType.Assembly == typeof(ActionDescriptor).Assembly;

    private static JsonObject Section(string connector, IReadOnlyDictionary<string, string?> settings)
    {
        var section = new JsonObject { ["Connector"] = connector };
        foreach (var (name, value) in settings)
        {
            Put(section, name.Split(':'), value);
        }

        return section;
    }

    private static void Put(JsonObject section, ReadOnlySpan<string> path, string? value)
    {
        if (path.Length == 1)
        {
            section[path[0]] = value;
            return;
        }

        if (section[path[0]] is not JsonObject inner)
        {
            section[path[0]] = inner = [];
        }

        Put(inner, path[1..], value);
    }
}
