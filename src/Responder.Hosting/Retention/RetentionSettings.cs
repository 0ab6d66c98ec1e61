using Microsoft.Extensions.Configuration;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Hosting.Retention;

/// <summary>What becomes of runs that ended.</summary>
/// <param name="ArchiveAfter">When their journals are archived, from the end on; null for never.</param>
public sealed record RetentionSettings(TimeSpan? ArchiveAfter)
{
    private static readonly string[] Known = ["ArchiveAfter"];

    /// <summary>Where nothing is set: after thirty days.</summary>
    public static RetentionSettings Default { get; } = new(TimeSpan.FromDays(30));

    /// <summary>Reads the section <c>Retention</c>.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="SettingsException">One is wrong.</exception>
    public static RetentionSettings Read(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var section = settings.GetSection("Retention");
        if (section.GetChildren().FirstOrDefault(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new SettingsException(unknown.Path, $"is no setting of retention; there is {string.Join(", ", Known)}.");
        }

        return section["ArchiveAfter"] switch
        {
            null => Default,
            "" => new RetentionSettings(ArchiveAfter: null),
            var text => Durations.TryParse(text, out var after) && after > TimeSpan.Zero
                ? new RetentionSettings(after)
                : throw new SettingsException("Retention:ArchiveAfter", $"is '{text}', and takes {Durations.Form}; nothing between the quotes for never."),
        };
    }
}
