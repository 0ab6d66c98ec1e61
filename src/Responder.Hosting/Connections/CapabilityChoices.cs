using Microsoft.Extensions.Configuration;
using Responder.Engine.Runs;
using Responder.Sdk;

namespace Responder.Hosting.Connections;

/// <summary>
/// Which connection serves a capability (<c>Capabilities:siem</c>) or one action of it (<c>Capabilities:siem.comment_alert</c>). Needed where several serve an
/// action: which product a host is isolated by is nothing to guess.
/// </summary>
internal sealed class CapabilityChoices
{
    /// <summary>Actions of these name their connection in the playbook.</summary>
    private static readonly string[] NamedByTheStep = ["http"];

    private readonly Dictionary<string, string> _chosen = new(StringComparer.Ordinal);

    /// <summary>The connection that was chosen for an action; null where none was.</summary>
    public string? For(string action) => _chosen.GetValueOrDefault(action) ?? _chosen.GetValueOrDefault(Capability(action));

    /// <summary>Reads the choices and checks that every action has one connection.</summary>
    /// <exception cref="SettingsException">A choice can't be, or one is missing.</exception>
    public void Read(IConfigurationSection section, IReadOnlyCollection<Connection> connections)
    {
        var served = connections.SelectMany(one => one.Actions.Keys.Select(action => (Action: action, one.Name))).ToLookup(one => one.Action, one => one.Name, StringComparer.Ordinal);
        foreach (var choice in section.GetChildren())
        {
            var what = choice.Key.ToLowerInvariant();
            var names = served.Where(one => one.Key == what || Capability(one.Key) == what).SelectMany(one => one).Distinct().Order(StringComparer.Ordinal).ToList();
            _chosen[what] = names.Contains(choice.Value?.ToLowerInvariant() ?? string.Empty)
                ? choice.Value!.ToLowerInvariant()
                : throw new SettingsException(choice.Path, $"names '{choice.Value}', and {(names.Count == 0 ? "no connection serves it" : $"it is served by {string.Join(", ", names)}")}.");
        }

        foreach (var one in served.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (one.Count() > 1 && For(one.Key) is null && !NamedByTheStep.Contains(Capability(one.Key)))
            {
                throw new SettingsException(
                    $"Capabilities:{Capability(one.Key)}",
                    $"is missing: {one.Key} is served by {string.Join(" and ", one.Order(StringComparer.Ordinal))}. Name the one that serves it here; a step that wants the other says so in connection.");
            }
        }
    }

    private static string Capability(string action) => action[..action.IndexOf('.', StringComparison.Ordinal)];
}
