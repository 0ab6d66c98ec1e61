using Microsoft.Extensions.Configuration;
using Responder.Sdk;

namespace Responder.Hosting.Errands;

/// <summary>How a connection's alerts are told what became of them.</summary>
/// <param name="Connection">The connection's name.</param>
/// <param name="Assignee">Whom its alerts are assigned to when a run starts, in the product's own terms; null to leave that as it is.</param>
/// <param name="Resolve">True where an alert whose run contained it, or found it false or benign, is set to resolved.</param>
/// <param name="Attached">True where the product is told of an alert too that is attached to a run which another one started.</param>
public sealed record WriteBackSettings(string Connection, string? Assignee = null, bool Resolve = true, bool Attached = true)
{
    private static readonly string[] Known = ["Assignee", "Resolve", "Attached"];

    /// <summary>The section <c>WriteBack</c>: a connection's name to <c>Assignee</c>, <c>Resolve</c> (true) and <c>Attached</c> (true); <c>WriteBack:NAME: true</c> takes the defaults.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="SettingsException">One is wrong.</exception>
    public static IReadOnlyList<WriteBackSettings> Read(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return [.. settings.GetSection("WriteBack").GetChildren().Where(section => !string.Equals(section.Value, "false", StringComparison.OrdinalIgnoreCase)).Select(section =>
        {
            if (section.GetChildren().FirstOrDefault(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            {
                throw new SettingsException(unknown.Path, $"is no setting of a write-back; there are {string.Join(", ", Known)}.");
            }

            return new WriteBackSettings(section.Key, section["Assignee"], Flag(section, "Resolve"), Flag(section, "Attached"));
        })];
    }

    private static bool Flag(IConfigurationSection section, string name) => section[name] switch
    {
        null => true,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new SettingsException($"{section.Path}:{name}", $"is '{text}', and takes true or false."),
    };
}
