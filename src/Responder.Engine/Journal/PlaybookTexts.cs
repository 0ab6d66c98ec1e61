namespace Responder.Engine.Journal;

/// <summary>The texts of playbooks that people write at the pages: drafts, each its writer's own, and what was published.</summary>
public interface IPlaybookTexts
{
    /// <summary>Keeps what was published, under the next number. Completes after the commit.</summary>
    Task<PlaybookVersion> PublishedAsync(string playbook, string hash, string text, string by, string comment, CancellationToken cancel);

    /// <summary>What was published of a playbook, newest first.</summary>
    Task<IReadOnlyList<PlaybookVersion>> VersionsAsync(string playbook, CancellationToken cancel);

    /// <summary>The text that somebody is still writing; null where there is none.</summary>
    Task<PlaybookDraft?> DraftAsync(string playbook, string by, CancellationToken cancel);

    /// <summary>Those who write at a playbook now.</summary>
    Task<IReadOnlyList<PlaybookDraft>> DraftsAsync(string playbook, CancellationToken cancel);

    /// <summary>Keeps a draft in place of its writer's last one; an empty text drops it. Completes after the commit.</summary>
    Task KeepAsync(PlaybookDraft draft, CancellationToken cancel);
}

/// <summary>A playbook as it was published.</summary>
/// <param name="Playbook">Its id.</param>
/// <param name="Number">1, 2, 3, …</param>
/// <param name="Hash">Of its text.</param>
/// <param name="Text">Its YAML.</param>
/// <param name="By">Who published it.</param>
/// <param name="Comment">Why.</param>
/// <param name="At">When.</param>
public sealed record PlaybookVersion(string Playbook, int Number, string Hash, string Text, string By, string Comment, DateTimeOffset At);

/// <summary>A text that is still written.</summary>
/// <param name="Playbook">The playbook's id.</param>
/// <param name="By">Whose.</param>
/// <param name="Text">Its YAML.</param>
/// <param name="Base">The hash of the text in force when it was begun.</param>
/// <param name="At">When it was last kept.</param>
public sealed record PlaybookDraft(string Playbook, string By, string Text, string Base, DateTimeOffset At);
