using Microsoft.Extensions.Configuration;
using Responder.Sdk;

namespace Responder.Hosting.Audit;

/// <summary>How the audit is kept.</summary>
/// <param name="Key">The text that the chain's key is made of; null for the data folder's own.</param>
/// <param name="Anchor">Where the chains' heads go every minute, kept apart from the database; null for nowhere.</param>
/// <param name="AnchorToken">For a web address: what it is to be shown.</param>
public sealed record AuditSettings(Secret? Key, string? Anchor, Secret? AnchorToken)
{
    private const int ShortestKey = 16;
    private static readonly string[] Known = ["Key", "Anchor", "AnchorToken"];

    /// <summary>Nothing is set.</summary>
    public static AuditSettings None { get; } = new(null, null, null);

    /// <summary>What the settings were at this start, as a keyed digest: whether they are others, and nothing of what they are.</summary>
    public string? Digest { get; init; }

    /// <summary>Reads the section <c>Audit</c>.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="dataFolder">The data folder, in which an anchor would not be kept apart; null where there is none yet.</param>
    /// <exception cref="SettingsException">One is wrong.</exception>
    public static AuditSettings Read(IConfiguration settings, string? dataFolder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var section = settings.GetSection("Audit");
        if (section.GetChildren().FirstOrDefault(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new SettingsException(unknown.Path, $"is no setting of the audit; there are {string.Join(", ", Known)}.");
        }

        var anchor = section["Anchor"] is { Length: > 0 } target ? target : null;
        if (anchor is not null)
        {
            AuditTarget.Check(anchor, "Audit:Anchor");
            if (dataFolder is not null && AnchorFile(anchor) is { } file && IsBelow(file, dataFolder))
            {
                throw new SettingsException("Audit:Anchor", $"is '{anchor}', which lies in the data folder: whoever can change the one can change the other. Name a place that is kept apart.");
            }
        }

        return new AuditSettings(KeyOf(settings), anchor, Secret(section["AnchorToken"]));
    }

    /// <summary>Reads <c>Audit:Key</c> alone: whoever opens the store needs no anchor.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="SettingsException">It is too short.</exception>
    public static Secret? KeyOf(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings["Audit:Key"] is { Length: > 0 and < ShortestKey }
            ? throw new SettingsException("Audit:Key", $"is shorter than {ShortestKey} characters; take 32 random ones, and keep them where secrets are kept.")
            : Secret(settings["Audit:Key"]);
    }

    /// <summary>The file that an anchor is; null where it is none.</summary>
    /// <param name="anchor">The anchor.</param>
    public static string? AnchorFile(string? anchor) => anchor?.StartsWith("file:", StringComparison.Ordinal) == true ? Path.GetFullPath(anchor["file:".Length..]) : null;

    private static bool IsBelow(string file, string folder) =>
        file.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static Secret? Secret(string? text) => string.IsNullOrEmpty(text) ? null : new Secret(text);
}
