using System.Text;
using Responder.Engine.Audit;
using Responder.Engine.Journal;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Storage;

namespace Responder.Hosting.Catalog;

/// <summary>Playbooks that people write: they are judged beside those in force, tried, and published into the folder.</summary>
/// <param name="catalog">The playbooks in force.</param>
/// <param name="store">Keeps versions and drafts.</param>
/// <param name="settings">What publishing takes.</param>
/// <param name="time">The clock.</param>
public sealed class PlaybookPress(PlaybookCatalog catalog, IStore store, PublishSettings settings, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly GitFolder _git = new(catalog.Root);

    /// <summary>True where somebody else must look at a change before it is in force.</summary>
    public bool NeedsSecond => settings.SecondPerson;

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

    /// <summary>
    /// Publishes a text: the file is written, it is in force for new runs, and who, when and why are kept. Runs under way end on what they began with.
    /// Where a second person is needed it is proposed to them instead.
    /// </summary>
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
            var draft = new PlaybookDraft(id, by, text, knownHash ?? string.Empty, time.GetUtcNow(), comment.Trim());
            if (!settings.SecondPerson)
            {
                return await ReleaseAsync(draft, null, cancel);
            }

            if (Refusal(draft) is { } refusal)
            {
                return refusal;
            }

            await store.PlaybookTexts.KeepAsync(draft, cancel);
            return new PublishResult(PublishStatus.Proposed, [], catalog.Current.Library.Playbooks.GetValueOrDefault(id));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The second person publishes what somebody proposed.</summary>
    /// <param name="shown">The proposal as they saw it.</param>
    /// <param name="by">Who they are.</param>
    /// <param name="cancel">Ends waiting before anything is written.</param>
    public async Task<PublishResult> ApproveAsync(PlaybookDraft shown, string by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (string.Equals(shown.By, by, StringComparison.OrdinalIgnoreCase))
        {
            return new PublishResult(PublishStatus.Invalid, ["Somebody else must publish what you propose."], null);
        }

        await _one.WaitAsync(cancel);
        try
        {
            return (await store.PlaybookTexts.DraftsAsync(shown.Playbook, cancel)).FirstOrDefault(one => one.By == shown.By) is { Proposed: not null } draft && draft == shown
                ? await ReleaseAsync(draft, by, cancel)
                : new PublishResult(PublishStatus.Invalid, ["It was changed or taken back since you looked at it."], catalog.Current.Library.Playbooks.GetValueOrDefault(shown.Playbook));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Sends a proposal back to its writer: it is a draft again.</summary>
    /// <param name="shown">The proposal.</param>
    /// <param name="by">Who sends it back; its writer, where they take it back.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task SendBackAsync(PlaybookDraft shown, string by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(shown);
        await _one.WaitAsync(cancel);
        try
        {
            if ((await store.PlaybookTexts.DraftsAsync(shown.Playbook, cancel)).Any(one => one == shown))
            {
                await store.PlaybookTexts.KeepAsync(shown with { Proposed = null }, cancel);
                await store.Audit.WriteAsync(new AuditEntry(AuditKinds.Playbook, by, "sent_back", shown.Playbook) { Reason = $"proposed by {shown.By}: {shown.Proposed}" }, cancel);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private PublishResult? Refusal(PlaybookDraft draft)
    {
        var current = catalog.Refresh().Library.Playbooks.GetValueOrDefault(draft.Playbook);
        if ((current?.Hash ?? string.Empty) != draft.Base)
        {
            return new PublishResult(PublishStatus.Conflict, [current is null ? $"'{draft.Playbook}' is no longer there." : "Somebody published another version since you began: look at the difference, take over what is theirs, and publish again."], current);
        }

        var (library, problems) = Judge(FileOf(draft.Playbook), draft.Text);
        if (problems.Where(one => one.Level == ProblemLevel.Error).Select(one => one.ToString()).ToList() is { Count: > 0 } errors)
        {
            return new PublishResult(PublishStatus.Invalid, errors, current);
        }

        return library.Playbooks.ContainsKey(draft.Playbook) ? null : new PublishResult(PublishStatus.Invalid, [$"The text's id is not '{draft.Playbook}'."], current);
    }

    private async Task<PublishResult> ReleaseAsync(PlaybookDraft draft, string? second, CancellationToken cancel)
    {
        if (Refusal(draft) is { } refusal)
        {
            return refusal;
        }

        var file = await catalog.WriteAsync(draft.Playbook, draft.Text, cancel);
        var playbook = catalog.Refresh().Library.Playbooks[draft.Playbook];
        var version = await store.PlaybookTexts.PublishedAsync(draft.Playbook, playbook.Hash, draft.Text, draft.By, draft.Proposed!, second, CancellationToken.None);
        await store.PlaybookTexts.KeepAsync(draft with { Text = string.Empty, Proposed = null }, CancellationToken.None);
        return new PublishResult(PublishStatus.Published, [], playbook)
        {
            Warning = settings.Git && _git.Commit(file, version) is { } reason ? $"It is in force, and could not be committed to git: {reason}" : null,
        };
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

    /// <summary>It waits for a second person.</summary>
    Proposed,

    /// <summary>It has errors.</summary>
    Invalid,

    /// <summary>Another version was published since.</summary>
    Conflict,
}

/// <summary>How publishing ended, and why not.</summary>
/// <param name="Status">How.</param>
/// <param name="Problems">Why not, for people.</param>
/// <param name="Current">What is in force now.</param>
public sealed record PublishResult(PublishStatus Status, IReadOnlyList<string> Problems, Playbook? Current)
{
    /// <summary>What did not work, though it is published; null where all did.</summary>
    public string? Warning { get; init; }
}
