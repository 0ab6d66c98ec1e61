using System.Globalization;
using System.Text.RegularExpressions;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.LiveResponse;

/// <summary>
/// What Falcon's own <c>ls</c> shows of a folder, where scripts are off: names and sizes. It shows times by the host's zone, no hash, and not which folder is a reparse point.
/// </summary>
internal static partial class PlainListing
{
    private const string Folder = "<Directory>";
    private const int MostFolders = 500;
    private static readonly System.Buffers.SearchValues<char> Odd = System.Buffers.SearchValues.Create("\"'`$;&|<>*?\r\n");

    /// <summary>A path between quotes, for Falcon's own commands.</summary>
    /// <exception cref="ActionFailure">It holds what quotes do not keep in.</exception>
    public static string Quote(string path) => path.AsSpan().IndexOfAny(Odd) < 0 ? $"\"{path}\""
        : throw new ActionFailure(FailureKind.Invalid, $"'{path}' holds a character that can't be in a live-response command.");

    /// <summary>The files of a folder, by their path below it; null where the folder is not there.</summary>
    public static async Task<IReadOnlyList<FileEntry>?> FilesAsync(RtrSession session, string path, bool deep, CancellationToken cancel)
    {
        if (!session.Host.IsWindows)
        {
            throw new ActionFailure(FailureKind.Forbidden, $"Scripts are off for this connection, and {session.Host.Hostname} does not run Windows, where ls alone says what a folder holds. Set Scripts to true.");
        }

        var files = new List<FileEntry>();
        var todo = new Queue<string>([path]);
        for (var looked = 0; todo.TryDequeue(out var folder); looked++)
        {
            if (looked == MostFolders)
            {
                throw new ActionFailure(FailureKind.Invalid, $"{path} on {session.Host.Hostname} holds more than {MostFolders} folders, which are too many to be listed one by one. Set Scripts to true.");
            }

            var seen = await session.LookAsync(RtrRole.Command, "ls", $"ls {Quote(folder)}", cancel);
            if (seen.Stderr.Length > 0)
            {
                return folder == path && await IsAbsentAsync(session, path, cancel) ? null
                    : throw new ActionFailure(FailureKind.Conflict, $"{folder} on {session.Host.Hostname} can't be listed: {seen.Stderr}") { Code = "ls" };
            }

            foreach (var (name, size) in Rows(seen.Stdout))
            {
                var full = $"{folder.TrimEnd('\\')}\\{name}";
                if (size is { } bytes)
                {
                    files.Add(new FileEntry(full[(path.TrimEnd('\\').Length + 1)..], bytes, null, null, null));
                }
                else if (deep)
                {
                    todo.Enqueue(full);
                }
            }
        }

        return files;
    }

    /// <summary>One file with its size and hash; null where it is not there.</summary>
    /// <exception cref="ActionFailure">Conflict, where it is a folder, or its hash can't be read.</exception>
    public static async Task<FileEntry?> FileAsync(RtrSession session, string path, CancellationToken cancel)
    {
        var (above, name) = Split(path);
        var quoted = Quote(path);
        var folder = await session.LookAsync(RtrRole.Command, "ls", $"ls {Quote(above)}", cancel);
        if (folder.Stderr.Length > 0)
        {
            return await IsAbsentAsync(session, above, cancel) ? null
                : throw new ActionFailure(FailureKind.Conflict, $"{above} on {session.Host.Hostname} can't be listed: {folder.Stderr}") { Code = "ls" };
        }

        var row = Rows(folder.Stdout).FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
        if (row.Name is null)
        {
            return null;
        }

        if (row.Size is not { } size)
        {
            throw new ActionFailure(FailureKind.Conflict, $"{path} on {session.Host.Hostname} is a folder. Nothing was deleted: use edr.delete_folder.");
        }

        var hashed = await session.LookAsync(RtrRole.Command, "filehash", $"filehash {quoted}", cancel);
        return Sha256().Match(hashed.Stdout) is { Success: true } hash ? new FileEntry(path, size, null, null, hash.Value.ToLowerInvariant())
            : throw new ActionFailure(FailureKind.Conflict, $"The hash of {path} on {session.Host.Hostname} can't be read: {hashed.Stderr}") { Code = "filehash" };
    }

    /// <summary>
    /// True where the nearest folder above that can be listed does not have it. An error of <c>ls</c> alone says nothing: a folder that may not be read fails as one
    /// that is not there does, and Falcon's wording for either is not written down.
    /// </summary>
    private static async Task<bool> IsAbsentAsync(RtrSession session, string path, CancellationToken cancel)
    {
        for (var below = path.TrimEnd('\\'); below.Length > 2;)
        {
            var (above, name) = Split(below);
            var seen = await session.LookAsync(RtrRole.Command, "ls", $"ls {Quote(above)}", cancel);
            if (seen.Stderr.Length == 0)
            {
                return !Rows(seen.Stdout).Any(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
            }

            below = above.TrimEnd('\\');
        }

        return false;
    }

    /// <summary>The folder that a path lies in, and its name there.</summary>
    private static (string Above, string Name) Split(string path)
    {
        var cut = path.LastIndexOf('\\');
        return (cut <= 2 ? path[..3] : path[..cut], path[(cut + 1)..]);
    }

    /// <summary>Names with their sizes; null for a folder's. The columns stand under the words of the head, unless a name is longer than its column.</summary>
    public static IEnumerable<(string Name, long? Size)> Rows(string printed)
    {
        var lines = printed.Split('\n').Select(line => line.TrimEnd('\r')).SkipWhile(line => !line.StartsWith("Name ", StringComparison.Ordinal)).ToList();
        if (lines.Count == 0 && !printed.StartsWith("Directory listing for", StringComparison.Ordinal))
        {
            // To take it for an empty folder would let more be deleted than was seen.
            throw new ActionFailure(FailureKind.Invalid, $"Falcon's ls can't be read: {printed[..Math.Min(200, printed.Length)]}") { Code = "ls" };
        }

        var type = lines.Count > 0 ? lines[0].IndexOf(" Type ", StringComparison.Ordinal) + 1 : 0;
        foreach (var line in lines.Skip(1).Where(line => line.Length > type && !line.StartsWith("----", StringComparison.Ordinal)))
        {
            var aligned = line[type - 1] == ' ' && Cells().Match(line[type..]) is { Success: true } cells ? (line[..type].TrimEnd(), cells) : default;
            var (name, found) = aligned.cells is not null ? aligned : Long().Match(line) is { Success: true } row ? (row.Groups["name"].Value, row) : (string.Empty, null);
            if (found is null || name.Length == 0)
            {
                throw new ActionFailure(FailureKind.Invalid, $"A line of Falcon's ls can't be read: {line[..Math.Min(200, line.Length)]}") { Code = "ls" };
            }

            yield return (name, found.Groups["type"].Value == Folder ? null : long.Parse(found.Groups["size"].Value, CultureInfo.InvariantCulture));
        }
    }

    [GeneratedRegex(@"^(?<type><Directory>|\S*)\s+(?<size>--|\d+)\s+(?:--|[\d.,]+)(?:\s|$)")]
    private static partial Regex Cells();

    [GeneratedRegex("(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}(?![0-9A-Fa-f])")]
    private static partial Regex Sha256();

    [GeneratedRegex(@"^(?<name>.+?)\s+(?<type><Directory>|\.\S+)?\s+(?<size>--|\d+)\s+(?:--|[\d.,]+)\s+\d+/\d+/\d+ ")]
    private static partial Regex Long();
}
