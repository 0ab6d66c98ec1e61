namespace Responder.Hosting.Intake;

/// <summary>What came of a delivery.</summary>
/// <param name="Results">One for each thing in it, in its order, then those that counts of events made.</param>
public sealed record IntakeResult(IReadOnlyList<AlertReceipt> Results);

/// <summary>What came of one alert.</summary>
/// <param name="AlertId">Ours; null for what is not kept: no alert at all, or an event that starts nothing by itself.</param>
/// <param name="Status"><c>accepted</c>, <c>duplicate</c>, <c>grouped</c>, <c>unmatched</c>, <c>suppressed</c> or <c>invalid</c>.</param>
/// <param name="Runs">The runs that it started or was attached to.</param>
/// <param name="Errors">Playbooks that it did not start though it might have, and why; why it is no alert.</param>
public sealed record AlertReceipt(string? AlertId, string Status, IReadOnlyList<RunReceipt> Runs, IReadOnlyList<AlertProblem> Errors);

/// <summary>What came of one run.</summary>
/// <param name="RunId">The run; the one that was there where attached.</param>
/// <param name="Playbook">Its playbook.</param>
/// <param name="Status"><c>started</c>, <c>queued</c>, <c>attached</c>, <c>skipped</c> or <c>failed</c>.</param>
/// <param name="Holder">Where it is queued or was skipped: the run that holds the slot.</param>
public sealed record RunReceipt(string RunId, string Playbook, string Status, string? Holder);

/// <summary>What went wrong with an alert.</summary>
/// <param name="Playbook">The playbook that did not start; null where it is the alert itself.</param>
/// <param name="Reason">What happened and what is wanted, for people.</param>
public sealed record AlertProblem(string? Playbook, string Reason);

/// <summary>The store can't write: nothing was accepted, or nobody knows yet. The sender must send it again.</summary>
/// <param name="reason">Why, for people.</param>
public sealed class StoreUnavailableException(string? reason) : Exception(reason ?? "The store can't write just now.");
