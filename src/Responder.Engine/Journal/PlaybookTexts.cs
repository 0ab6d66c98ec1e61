namespace Responder.Engine.Journal;

/// <summary>The texts of playbooks that people write at the pages: drafts, each its writer's own, and what was published.</summary>
public interface IPlaybookTexts
{
    /// <summary>Keeps what was published, under the next number; <paramref name="approvedBy"/> is the second person, where one was needed. Completes after the commit.</summary>
    Task<PlaybookVersion> PublishedAsync(string playbook, string hash, string text, string by, string comment, string? approvedBy, CancellationToken cancel);

    /// <summary>What was published of a playbook, newest first.</summary>
    Task<IReadOnlyList<PlaybookVersion>> VersionsAsync(string playbook, CancellationToken cancel);

    /// <summary>What people write at a playbook now; at all of them where null.</summary>
    Task<IReadOnlyList<PlaybookDraft>> DraftsAsync(string? playbook, CancellationToken cancel);

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
/// <param name="ApprovedBy">The second person; null where none was needed.</param>
public sealed record PlaybookVersion(string Playbook, int Number, string Hash, string Text, string By, string Comment, DateTimeOffset At, string? ApprovedBy = null);

/// <summary>A text that is still written.</summary>
/// <param name="Playbook">The playbook's id.</param>
/// <param name="By">Whose.</param>
/// <param name="Text">Its YAML.</param>
/// <param name="Base">The hash of the text in force when it was begun; empty for a new playbook.</param>
/// <param name="At">When it was last kept.</param>
/// <param name="Proposed">Why it shall be published, where it waits for a second person; null while it is written.</param>
public sealed record PlaybookDraft(string Playbook, string By, string Text, string Base, DateTimeOffset At, string? Proposed = null);
