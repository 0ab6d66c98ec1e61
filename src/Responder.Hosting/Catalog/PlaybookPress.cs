using System.Text;
using Responder.Engine.Journal;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Storage;

namespace Responder.Hosting.Catalog;

/// <summary>Playbooks that people write: they are judged beside those in force, tried, and published into the folder.</summary>
/// <param name="catalog">The playbooks in force.</param>
/// <param name="store">Keeps versions and drafts.</param>
public sealed class PlaybookPress(PlaybookCatalog catalog, IStore store) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Everything that is wrong with a text, by the rules of <c>responder validate</c>, beside the playbooks in force, which it may call.</summary>
    /// <param name="file">Its file, <c>my-playbook/playbook.yaml</c>, so that the folder's name can be compared with the id.</param>
    /// <param name="text">Its YAML.</param>
    public (PlaybookLibrary Library, IReadOnlyList<Problem> Problems) Judge(string file, string text)
    {
        var alone = PlaybookReader.Read(file, text, catalog.Options);
        var others = catalog.Current.Library.Playbooks.Values.Where(one => one.File != file && one.Id != alone.Playbook?.Id).Select(one => (one.File, one.Source));
        var library = PlaybookLibrary.Load(others.Append((file, text)), catalog.Options);
        return (library, [.. library.Problems.Where(problem => problem.File == file)]);
    }

    /// <summary>The definition of a text that is not in force; null where it has errors.</summary>
    public Plan? PlanOf(string id, string text)
    {
        var (library, problems) = Judge(FileOf(id), text);
        return problems.All(one => one.Level != ProblemLevel.Error) && library.Playbooks.ContainsKey(id) ? PlanCompiler.Compile(id, library) : null;
    }

    /// <summary>The file of a playbook, as the catalogue names it.</summary>
    public string FileOf(string id) => catalog.Current.Library.Playbooks.GetValueOrDefault(id)?.File ?? $"{catalog.RootName}/{id}/playbook.yaml";

    /// <summary>Publishes a text: the file is written, it is in force for new runs, and who, when and why are kept. Runs under way end on what they began with.</summary>
    /// <param name="id">The playbook.</param>
    /// <param name="text">Its YAML.</param>
    /// <param name="knownHash">The hash of the text in force that the writer saw; null for a new playbook.</param>
    /// <param name="by">Who.</param>
    /// <param name="comment">Why.</param>
    /// <param name="cancel">Ends waiting before anything is written.</param>
    public async Task<PublishResult> PublishAsync(string id, string text, string? knownHash, string by, string comment, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(comment))
        {
            return new PublishResult(PublishStatus.Invalid, ["Say in a comment why it is changed."], null);
        }

        await _one.WaitAsync(cancel);
        try
        {
            var current = catalog.Refresh().Library.Playbooks.GetValueOrDefault(id);
            if (current?.Hash != knownHash)
            {
                return new PublishResult(PublishStatus.Conflict, [current is null ? $"'{id}' is no longer there." : "Somebody published another version since you began: look at the difference, take over what is theirs, and publish again."], current);
            }

            var (library, problems) = Judge(FileOf(id), text);
            if (problems.Where(one => one.Level == ProblemLevel.Error).Select(one => one.ToString()).ToList() is { Count: > 0 } errors)
            {
                return new PublishResult(PublishStatus.Invalid, errors, current);
            }

            if (!library.Playbooks.TryGetValue(id, out var playbook))
            {
                return new PublishResult(PublishStatus.Invalid, [$"The text's id is not '{id}'."], current);
            }

            await catalog.WriteAsync(id, text, cancel);
            catalog.Refresh();
            await store.PlaybookTexts.PublishedAsync(id, playbook.Hash, text, by, comment.Trim(), CancellationToken.None);
            await store.PlaybookTexts.KeepAsync(new PlaybookDraft(id, by, string.Empty, playbook.Hash, default), CancellationToken.None);
            return new PublishResult(PublishStatus.Published, [], catalog.Current.Library.Playbooks.GetValueOrDefault(id));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>Makes a folder of all playbooks with a text in place of one of them, for its tests; the caller deletes it.</summary>
    /// <param name="id">The playbook.</param>
    /// <param name="text">Its YAML.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The playbook's folder in a temporary one.</returns>
    public async Task<DirectoryInfo> CopyAsync(string id, string text, CancellationToken cancel)
    {
        var target = Directory.CreateTempSubdirectory("responder-draft-");
        foreach (var file in Directory.EnumerateFiles(catalog.Root, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json"))
        {
            var copy = Path.Combine(target.FullName, Path.GetRelativePath(catalog.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var own = Directory.CreateDirectory(Path.Combine(target.FullName, id));
        await File.WriteAllTextAsync(Path.Combine(own.FullName, "playbook.yaml"), text, Encoding.UTF8, cancel);
        return own;
    }
}

/// <summary>How publishing ended.</summary>
public enum PublishStatus
{
    /// <summary>It is in force.</summary>
    Published,

    /// <summary>It has errors.</summary>
    Invalid,

    /// <summary>Another version was published since.</summary>
    Conflict,
}

/// <summary>How publishing ended, and why not.</summary>
/// <param name="Status">How.</param>
/// <param name="Problems">Why not, for people.</param>
/// <param name="Current">What is in force now.</param>
public sealed record PublishResult(PublishStatus Status, IReadOnlyList<string> Problems, Playbook? Current);
