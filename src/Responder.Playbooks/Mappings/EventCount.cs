namespace Responder.Playbooks.Mappings;

/// <summary>So many events by one host under one folder inside a window make an alert.</summary>
public sealed record EventCount
{
    /// <summary>Its id, kept with the state of its windows.</summary>
    public required string Id { get; init; }

    /// <summary>The alert's title.</summary>
    public required string Title { get; init; }

    /// <summary>What it means.</summary>
    public string? Description { get; init; }

    /// <summary>True for the events to count; sees the event in its one form.</summary>
    public required Query When { get; init; }

    /// <summary>More than so many make the alert.</summary>
    public required int MoreThan { get; init; }

    /// <summary>Inside so long, by the events' own time.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>0 to 100.</summary>
    public required int SeverityScore { get; init; }

    /// <summary><c>attack.t1074.001</c> and the like.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Folders whose children are counted each with all below it (<c>?:\temp</c>).</summary>
    public IReadOnlyList<PathPattern> Roots { get; init; } = [];

    /// <summary>True where folders under none of the roots are counted too, each without what is below it; then those under a root are not.</summary>
    public bool Elsewhere { get; init; }

    /// <summary>Folders that installers and diagnostics fill: never counted.</summary>
    public IReadOnlyList<PathPattern> BenignFolders { get; init; } = [];

    /// <summary>Programs that fill folders by their nature: never counted.</summary>
    public IReadOnlyList<PathPattern> BenignImages { get; init; } = [];

    /// <summary>The folder that a file counts for; null where it does not count.</summary>
    /// <param name="folder">The file's own folder.</param>
    /// <param name="image">The program that wrote it.</param>
    public string? FolderOf(string folder, string? image)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (BenignFolders.Any(one => one.Fits(folder)) || (image is not null && BenignImages.Any(one => one.Fits(image))))
        {
            return null;
        }

        var root = Roots.Select(one => one.Root(folder)).FirstOrDefault(one => one is not null);
        if (root is null)
        {
            return Elsewhere ? folder : null;
        }

        if (Elsewhere)
        {
            return null;
        }

        var next = folder.Length > root.Length ? folder.IndexOf('\\', root.Length + 1) : -1;
        return next < 0 ? folder : folder[..next];
    }
}
