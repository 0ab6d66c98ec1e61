using System.Text.Json;

namespace Responder.Engine.Journal;

/// <summary>An alert to accept, with the runs that it would start.</summary>
/// <param name="Alert">The alert; null for a run without one.</param>
/// <param name="Runs">The runs.</param>
public sealed record Admission(AlertRow? Alert, IReadOnlyList<NewRun> Runs)
{
    /// <summary>What is to be done outside because the alert was accepted; not written for a duplicate.</summary>
    public IReadOnlyList<NewErrand> Errands { get; init; } = [];
}

/// <summary>An alert as stored.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Source">Which source's format it came in.</param>
/// <param name="DeliveryKey">Source, vendor's id and the vendor's mark of the update: the same again is a duplicate. Null where the vendor gives none.</param>
/// <param name="ReceivedAt">When.</param>
/// <param name="Status"><c>accepted</c>, <c>unmatched</c>, <c>suppressed</c>, <c>grouped</c>.</param>
/// <param name="Title">For lists.</param>
/// <param name="Severity">0 to 100.</param>
/// <param name="Host">For lists.</param>
/// <param name="User">For lists.</param>
/// <param name="Normal">The normal form.</param>
/// <param name="Raw">As received.</param>
/// <param name="Explanation">Which playbooks' <c>when</c> were true, false, or failed.</param>
public sealed record AlertRow(
    string Id, string Source, string? DeliveryKey, DateTimeOffset ReceivedAt, string Status, string Title, int? Severity, string? Host, string? User,
    JsonElement Normal, string Raw, JsonElement? Explanation);

/// <summary>A run to start.</summary>
public sealed record NewRun
{
    /// <summary>Its id.</summary>
    public required string RunId { get; init; }

    /// <summary>Its playbook.</summary>
    public required string Playbook { get; init; }

    /// <summary>The definition it is pinned to.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>The alert it is for.</summary>
    public string? AlertId { get; init; }

    /// <summary>For lists: playbook, host and user in a line.</summary>
    public required string Title { get; init; }

    /// <summary>Who or what started it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>0 to 100: a queue gives its slot to the highest first.</summary>
    public int Priority { get; init; }

    /// <summary>Its first event, number 1.</summary>
    public required StoredEvent Created { get; init; }

    /// <summary>Where the same key is there and younger than <see cref="DedupeWindow"/>, the alert is attached to that run.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>How long a dedupe key counts.</summary>
    public TimeSpan DedupeWindow { get; init; }

    /// <summary>
    /// The vendor's alert that it is for, and what the run is about: news of the same alert is attached to the run that it started, however long ago
    /// within <see cref="AlertWindow"/>. A product changes its alert because we wrote to it, and that must start nothing.
    /// </summary>
    public string? AlertKey { get; init; }

    /// <summary>How long an alert's key counts.</summary>
    public static TimeSpan AlertWindow { get; } = TimeSpan.FromDays(90);

    /// <summary>What is to be done outside because the run starts, or ends; not written where no run comes of it.</summary>
    public IReadOnlyList<NewErrand> Errands { get; init; } = [];

    /// <summary>What is to be done outside where no run comes of it because its alert is attached to one that is there; <c>*</c> in an errand's id stands for that run.</summary>
    public IReadOnlyList<NewErrand> ErrandsIfAttached { get; init; } = [];

    /// <summary>One run at a time for this key.</summary>
    public string? ConcurrencyKey { get; init; }

    /// <summary>What happens where the slot is taken.</summary>
    public Playbooks.Language.ConcurrencyPolicy OnBusy { get; init; }

    /// <summary>The owner where this process drives it at once; else the sweep or a wake finds it.</summary>
    public string? Owner { get; init; }

    /// <summary>With <see cref="Playbooks.Language.ConcurrencyPolicy.Fail"/>: its second event, which ends it as failed.</summary>
    public StoredEvent? FailedAtOnce { get; init; }
}

/// <summary>What came of an admission.</summary>
/// <param name="Duplicate">The same delivery was accepted before; ids are the first ones.</param>
/// <param name="AlertId">The alert's id.</param>
/// <param name="Runs">In the order asked.</param>
public sealed record AdmissionResult(bool Duplicate, string? AlertId, IReadOnlyList<AdmittedRun> Runs);

/// <summary>What came of one run of an admission.</summary>
/// <param name="RunId">The run's id; the one that was there where attached.</param>
/// <param name="Playbook">Its playbook.</param>
/// <param name="Status"><c>started</c>, <c>queued</c>, <c>attached</c>, <c>skipped</c>, <c>failed</c>.</param>
/// <param name="Holder">Where it is queued or was skipped: the run that holds the slot.</param>
/// <param name="Epoch">The epoch to append with, where started.</param>
public sealed record AdmittedRun(string RunId, string Playbook, string Status, string? Holder = null, long Epoch = 0);

/// <summary>An approval for lists and for deciding.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RunId">Its run.</param>
/// <param name="Path">Its step.</param>
/// <param name="StepId">The author's name of the step.</param>
/// <param name="Title">What is asked.</param>
/// <param name="Status"><c>pending</c> or <c>closed</c>.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Deadline">Until when.</param>
/// <param name="Gate">All that is shown.</param>
/// <param name="Choice">What was decided.</param>
/// <param name="By">By whom.</param>
/// <param name="ClosedAt">When.</param>
public sealed record ApprovalRow(
    string Id, string RunId, string Path, string? StepId, string Title, string Status, DateTimeOffset AskedAt, DateTimeOffset? Deadline,
    Approvals.GateRequest Gate, string? Choice = null, string? By = null, DateTimeOffset? ClosedAt = null);

/// <summary>A line of the effects ledger: a holder of an effect on a target.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Target">Kind and canonical id.</param>
/// <param name="TargetName">For people.</param>
/// <param name="Action">The action.</param>
/// <param name="Effect">Its effect.</param>
/// <param name="RunId">The holder.</param>
/// <param name="Path">The holder's step.</param>
/// <param name="BeforeFree">True where the target was not so before.</param>
/// <param name="Status"><c>intended</c>, <c>done</c>, <c>already_so</c>, <c>failed</c>, <c>in_doubt</c>, <c>undone</c>.</param>
/// <param name="At">When that was.</param>
/// <param name="Until">The end of its lease.</param>
public sealed record EffectRow(
    string Connection, string Target, string TargetName, string Action, Sdk.Effect Effect, string RunId, string Path, bool BeforeFree,
    string Status, DateTimeOffset At, DateTimeOffset? Until = null);
