using Responder.Sdk.Edr;

namespace Responder.Sdk.Estate;

/// <summary>What a host's disks show: folders, files, and the reparse points that lead elsewhere.</summary>
public sealed class HostFiles
{
    private readonly Host _host;
    private readonly HashSet<string> _deleted = new(StringComparer.OrdinalIgnoreCase);

    internal HostFiles(Host host) => _host = host;

    /// <summary>Follows a path as the host does: long names for short ones, reparse points to their targets.</summary>
    /// <param name="path">A drive path.</param>
    /// <returns>The real path in its real case, and the reparse points that were in the way.</returns>
    /// <exception cref="ActionFailure">The text is no drive path in normal form, or the links go round.</exception>
    public ResolvedPath Resolve(string path)
    {
        var now = Long(WindowsPath.Normal(path, shortNames: true));
        var met = new List<string>();
        for (var hops = 0; LinkOn(now) is var (link, target); hops++)
        {
            if (hops == 16)
            {
                throw new ActionFailure(FailureKind.Invalid, $"'{path}' on {_host.Hostname} goes through reparse points that lead round in a ring: {string.Join(", ", met.Distinct())}.");
            }

            met.Add(link);
            now = Join(target, now[link.Length..]);
        }

        return new ResolvedPath(Cased(now), met);
    }

    /// <summary>True where the folder is there now.</summary>
    /// <param name="path">The real path.</param>
    public bool FolderExists(string path) =>
        !_deleted.Any(gone => WindowsPath.IsAtOrBelow(path, gone))
        && (path.Length == 3 || _host.Folders.Keys.Concat(_host.Links.Keys).Any(known => WindowsPath.IsAtOrBelow(known, path)));

    /// <summary>The files of a folder.</summary>
    /// <param name="path">The real path.</param>
    /// <param name="recurse">Also what lies below.</param>
    public IReadOnlyList<HostFile> List(string path, bool recurse) => FolderExists(path)
        ? [.. Folders(path, recurse).SelectMany(folder => folder.Value.Now(_host, folder.Key))]
        : [];

    /// <summary>The names of the folders right in a folder; a reparse point is one of them.</summary>
    /// <param name="path">The real path.</param>
    public IReadOnlyList<string> FoldersIn(string path)
    {
        var root = path.TrimEnd('\\').Length + 1;
        return [.. _host.Folders.Keys.Concat(_host.Links.Keys)
            .Where(folder => folder.Length > root && WindowsPath.IsAtOrBelow(folder, path) && !_deleted.Any(gone => WindowsPath.IsAtOrBelow(folder, gone)))
            .Select(folder => folder[root..].Split('\\')[0]).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The reparse points below a folder.</summary>
    /// <param name="path">The real path.</param>
    public IReadOnlyList<string> LinksBelow(string path) =>
        [.. _host.Links.Keys.Where(link => WindowsPath.IsAtOrBelow(link, path) && !_deleted.Any(gone => WindowsPath.IsAtOrBelow(link, gone))).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>One file; null where there is none.</summary>
    /// <param name="path">The real path.</param>
    public HostFile? Find(string path)
    {
        var cut = path.LastIndexOf('\\');
        var folder = cut <= 2 ? path[..3] : path[..cut];
        return List(folder, recurse: false).FirstOrDefault(file => string.Equals(file.Name, path[(cut + 1)..], StringComparison.OrdinalIgnoreCase));
    }

    internal void DeleteFolder(string path) => _deleted.Add(path);

    internal void DeleteFile(string path)
    {
        if (Find(path) is { } file)
        {
            _host.Folders[file.Folder].Now(_host, file.Folder).RemoveAll(other => string.Equals(other.Name, file.Name, StringComparison.OrdinalIgnoreCase));
        }
    }

    internal void Write(HostFile file)
    {
        foreach (var gone in _deleted.Where(gone => WindowsPath.IsAtOrBelow(file.Folder, gone)).ToList())
        {
            // Made anew after it was deleted: what was there before does not come back.
            foreach (var (path, folder) in _host.Folders.Where(folder => WindowsPath.IsAtOrBelow(folder.Key, gone)))
            {
                folder.Now(_host, path).Clear();
            }

            foreach (var link in _host.Links.Keys.Where(link => WindowsPath.IsAtOrBelow(link, gone)).ToList())
            {
                _host.Links.Remove(link);
            }

            _deleted.Remove(gone);
        }

        if (!_host.Folders.TryGetValue(file.Folder, out var home))
        {
            _host.Folders[file.Folder] = home = new HostFolder { CreatedAt = file.CreatedAt };
        }

        DeleteFile(file.Path);
        home.Now(_host, file.Folder).Add(file);
    }

    private IEnumerable<KeyValuePair<string, HostFolder>> Folders(string path, bool recurse) => _host.Folders
        .Where(folder => (recurse ? WindowsPath.IsAtOrBelow(folder.Key, path) : string.Equals(folder.Key, path, StringComparison.OrdinalIgnoreCase))
            && !_deleted.Any(gone => WindowsPath.IsAtOrBelow(folder.Key, gone)));

    private string Long(string path)
    {
        foreach (var (shortName, longName) in _host.ShortNames)
        {
            if (WindowsPath.IsAtOrBelow(path, shortName))
            {
                return Join(longName, path[shortName.Length..]);
            }
        }

        return path;
    }

    private (string Link, string Target)? LinkOn(string path)
    {
        foreach (var (link, to) in _host.Links)
        {
            if (WindowsPath.IsAtOrBelow(path, link) && !_deleted.Any(gone => WindowsPath.IsAtOrBelow(link, gone)))
            {
                return (link, to.Target);
            }
        }

        return null;
    }

    private static string Join(string folder, string rest) => rest.Length == 0 ? folder : $"{folder.TrimEnd('\\')}\\{rest.TrimStart('\\')}";

    /// <summary>The case in which the folder was made, as a listing shows it.</summary>
    private string Cased(string path)
    {
        var known = _host.Folders.Keys.Concat(_host.Links.Keys).FirstOrDefault(candidate => WindowsPath.IsAtOrBelow(candidate, path));
        if (known is not null)
        {
            return known[..path.Length];
        }

        var parent = _host.Folders.Keys.Where(candidate => WindowsPath.IsAtOrBelow(path, candidate)).MaxBy(candidate => candidate.Length);
        return parent is null ? path : parent + path[parent.Length..];
    }
}

/// <summary>Where a path leads on a host.</summary>
/// <param name="Path">The real path.</param>
/// <param name="ReparsePoints">The reparse points that were in the way; a deletion must not pass one.</param>
public sealed record ResolvedPath(string Path, IReadOnlyList<string> ReparsePoints);
