using Microsoft.Extensions.Logging;
using Responder.Playbooks.Language;

namespace Responder.Hosting.Catalog;

/// <summary>
/// The playbooks of a folder. A file that is broken while the program runs takes nothing out of force: its playbook stays as it was when it last
/// had no error, and the problems are told.
/// </summary>
/// <param name="folder">The folder; there need not be one.</param>
/// <param name="options">How playbooks are read here.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed partial class PlaybookCatalog(string folder, ReadOptions options, TimeProvider time, ILogger log)
{
    private readonly Lock _lock = new();
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    private readonly Dictionary<string, string> _good = new(StringComparer.Ordinal);
    private volatile PlaybookSet _current = new(PlaybookLibrary.Load([], options), [], [], time.GetUtcNow());
    private string? _seen;

    /// <summary>Those in force.</summary>
    public PlaybookSet Current => _current;

    /// <summary>How playbooks are read here.</summary>
    public ReadOptions Options => options;

    /// <summary>The folder.</summary>
    public string Root => _root;

    /// <summary>The folder's name, with which the files' names begin.</summary>
    public string RootName => Path.GetFileName(_root);

    /// <summary>Writes a playbook's file, whole or not at all.</summary>
    /// <param name="id">The playbook.</param>
    /// <param name="text">Its YAML.</param>
    /// <param name="cancel">Ends it before it is in place.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">It can't be written.</exception>
    public async Task<string> WriteAsync(string id, string text, CancellationToken cancel)
    {
        var file = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = file + ".new";
        await File.WriteAllTextAsync(fresh, text, cancel);
        File.Move(fresh, file, overwrite: true);
        return file;
    }

    /// <summary>A playbook's text as it is on the disk, whether it has errors or not; null where there is no file.</summary>
    /// <param name="id">The playbook: a folder's name.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public string? OnDisk(string id) => CanBe(id) && PathOf(id) is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    /// <summary>True where it can be a playbook's id, and so a folder's name: small letters, digits and <c>-</c>.</summary>
    /// <param name="id">As somebody wrote it.</param>
    public static bool CanBe(string id) => id is { Length: > 0 and <= 64 } && id[0] != '-' && id.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-');

    private string PathOf(string id) => Current.Library.Playbooks.GetValueOrDefault(id)?.File is { } known
        ? Path.Combine(_root, Path.GetRelativePath(RootName, known))
        : Path.Combine(_root, id, "playbook.yaml");

    /// <summary>Reads the folder again, where a file of it changed since.</summary>
    /// <exception cref="IOException">A file can't be read; what was in force stays.</exception>
    public PlaybookSet Refresh()
    {
        lock (_lock)
        {
            var stamp = Stamp();
            if (stamp != _seen)
            {
                _current = Load();
                _seen = stamp;
                Say(_current);
            }

            return _current;
        }
    }

    /// <summary>Looks for changes again and again until it is cancelled.</summary>
    /// <param name="every">How often.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task WatchAsync(TimeSpan every, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                try
                {
                    Refresh();
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    Unreadable(log, _root, failure.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private PlaybookSet Load()
    {
        var files = Files();
        var found = PlaybookLibrary.Load(files, options);
        var broken = Errors(found).Where(_good.ContainsKey).ToHashSet(StringComparer.Ordinal);
        var library = broken.Count == 0 ? found : PlaybookLibrary.Load(files.Select(file => broken.Contains(file.File) ? (file.File, _good[file.File]) : file), options);

        // A text that was good once is of no use where it is no longer: because of what another file now says.
        broken.ExceptWith(Errors(library));
        _good.Clear();
        foreach (var playbook in library.Playbooks.Values)
        {
            _good[playbook.File] = playbook.Source;
        }

        return new PlaybookSet(library, found.Problems, [.. broken.Order(StringComparer.Ordinal)], time.GetUtcNow());
    }

    private static HashSet<string> Errors(PlaybookLibrary library) =>
        [.. library.Problems.Where(problem => problem.Level == ProblemLevel.Error).Select(problem => problem.File)];

    // Named as the folder is, whatever stands above it.
    private List<(string File, string Text)> Files() => Directory.Exists(_root)
        ? [.. PlaybookFiles.Below(_root).Select(file => ($"{Path.GetFileName(_root)}/{Path.GetRelativePath(_root, file.File).Replace('\\', '/')}", file.Text))]
        : [];

    private string Stamp() => !Directory.Exists(_root) ? string.Empty : string.Join('\n', new DirectoryInfo(_root)
        .EnumerateFiles("playbook.y*ml", SearchOption.AllDirectories)
        .Select(file => $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal));

    private void Say(PlaybookSet set)
    {
        Loaded(log, set.Library.Playbooks.Count, _root);
        foreach (var problem in set.Problems.Where(problem => problem.Level == ProblemLevel.Error))
        {
            Broken(log, problem.ToString());
        }

        foreach (var file in set.Kept)
        {
            StaysInForce(log, file);
        }
    }

    [LoggerMessage(1501, LogLevel.Information, "{Count} playbooks are in force, from {Folder}")]
    private static partial void Loaded(ILogger log, int count, string folder);

    [LoggerMessage(1502, LogLevel.Warning, "A playbook has an error: {Problem}")]
    private static partial void Broken(ILogger log, string problem);

    [LoggerMessage(1503, LogLevel.Warning, "{File} stays in force as it was when it last had no error")]
    private static partial void StaysInForce(ILogger log, string file);

    [LoggerMessage(1504, LogLevel.Error, "The playbooks in {Folder} can't be read, and stay as they were: {Reason}")]
    private static partial void Unreadable(ILogger log, string folder, string reason);
}
