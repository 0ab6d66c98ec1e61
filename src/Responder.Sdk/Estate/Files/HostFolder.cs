using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>A folder as the estate writes it: groups of files, made when somebody looks.</summary>
public sealed class HostFolder
{
    private List<HostFile>? _made;

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Its files, in groups by name.</summary>
    public Dictionary<string, FileGroup> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The files that were there at first, whatever happened since: what an event log remembers.</summary>
    /// <param name="host">The estate's host, for their content.</param>
    /// <param name="path">The folder's path.</param>
    public IEnumerable<HostFile> Original(Host host, string path) => Files.SelectMany(group => group.Value.Make(host, path, group.Key));

    /// <summary>The files that are there now.</summary>
    internal List<HostFile> Now(Host host, string path) => _made ??= [.. Original(host, path)];
}

/// <summary>One file.</summary>
/// <param name="Folder">Its folder's full path.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">In bytes, as the host shows it.</param>
/// <param name="CreatedAt">By the host's clock.</param>
/// <param name="ModifiedAt">By the host's clock.</param>
/// <param name="CopiedFrom">The folder that it was copied from, where it was.</param>
/// <param name="Content">What it holds: one line that stands for <paramref name="Size"/> bytes, unless the estate gives the text.</param>
public sealed record HostFile(
    string Folder, string Name, long Size, DateTimeOffset? CreatedAt, DateTimeOffset? ModifiedAt, string? CopiedFrom, string Content)
{
    /// <summary>Its full path.</summary>
    public string Path => Folder.EndsWith('\\') ? Folder + Name : $"{Folder}\\{Name}";

    /// <summary>Its extension in lower case with the dot; empty where it has none.</summary>
    public string Extension => System.IO.Path.GetExtension(Name).ToLowerInvariant();

    /// <summary>The hash of its content, so that what is collected fits what was listed.</summary>
    [JsonIgnore]
    public string Sha256 => Hex.Sha256(Content);
}

/// <summary>A reparse point: a folder that is elsewhere.</summary>
public sealed class HostLink
{
    /// <summary><c>junction</c>, <c>symlink</c> or <c>mount_point</c>.</summary>
    public string Kind { get; init; } = "junction";

    /// <summary>Where it leads.</summary>
    public required string Target { get; init; }
}
