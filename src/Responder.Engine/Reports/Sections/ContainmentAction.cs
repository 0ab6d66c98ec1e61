using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Reports;

/// <summary>One containment, deletion or scan, done or not.</summary>
/// <param name="Step">The step's path in the run.</param>
/// <param name="Action">The action's name.</param>
/// <param name="Title">The action for people.</param>
/// <param name="Target">What it acts on.</param>
/// <param name="Connector">Which connector carried it out.</param>
/// <param name="Result">How it stands.</param>
/// <param name="Detail">What came of it, or why not.</param>
/// <param name="At">When it was done, refused, or began.</param>
/// <param name="ApprovedBy">Who let it happen, or kept it from happening; null where nobody was asked.</param>
/// <param name="Settled">False where somebody must still see to it: it failed, is in doubt, waits or was refused by policy, and no later step did it.</param>
public sealed record ContainmentAction(
    string Step, string Action, string Title, string Target, string? Connector, ActionResult Result, string? Detail, DateTimeOffset? At, string? ApprovedBy,
    bool Settled)
{
    /// <summary>Null for an action that is not one of this section.</summary>
    internal static ContainmentAction? From(RunFacts facts, StepTrace step)
    {
        var effect = step.Effect ?? ActionCatalog.Neutral.Find(step.Action!)?.Effect;
        if (effect is not (Effect.Contain or Effect.Destroy) && !step.Is("edr.scan"))
        {
            return null;
        }

        // A way that was not taken says nothing where another of the same action was.
        if (step.Skipped && facts.Trace.Actions.Any(other => !other.Skipped && other.Action == step.Action))
        {
            return null;
        }

        var result = ResultOf(step);
        return new ContainmentAction(
            step.Path, step.Action!, ActionWords.For(step.Action).Title, step.Skipped ? "" : facts.Target(step), step.Connector, result, Why(step, result), step.TookHoldAt ?? step.At,
            Decision.Of(step)?.By,
            IsSettled(step, result) || facts.IsMadeUpFor(step));
    }

    /// <summary>What an action's result says of it; null where it says no more than that it was done.</summary>
    internal static string? DetailOf(StepTrace step)
    {
        var result = step.Out;
        string?[] parts =
        [
            step.Action switch
            {
                "edr.delete_folder" => Join(Amounts.Files(result["files"].Whole, result["bytes"].Whole), Gone(result)),
                "edr.delete_file" => Join(Amounts.Files(null, result["bytes"].Whole), Gone(result)),
                "edr.kill_process" => result["gone"].Truth switch { true => "it no longer runs", false => "it still runs", null => null },
                "edr.isolate_host" => step.TookHoldAt is not null ? "ordered while the host was offline, and in force since" : step.Outcome != OutcomeKind.Pending && result["isolation"].Text is { } state and not "isolated" ? $"state at the EDR: {state}" : null,
                "edr.scan" => Scan(result),
                "edr.collect_file" => result["size"].Whole is { } size ? Amounts.Bytes(size) : null,
                "identity.disable_user" => result["on_premises_synced"].Truth == true ? "mastered on premises: the next sync may set it back" : null,
                "identity.reset_password" or "directory.reset_password" => result["must_change"].Truth == true ? "to be changed at the next sign-in" : null,
                _ => null,
            },
            step.End?.Note,
        ];
        return parts.OfType<string>().ToList() is { Count: > 0 } said ? string.Join("; ", said) : null;
    }

    private static ActionResult ResultOf(StepTrace step) => step switch
    {
        { Skipped: true } => ActionResult.NotDone,
        { End: null, Doubt: not null } => ActionResult.InDoubt,
        { End: null, Held: not null } => ActionResult.Waiting,
        { End: null } when step.Gates.Any(gate => gate.Closed is null) => ActionResult.Waiting,
        { End: null } => ActionResult.UnderWay,
        { End.Status: StepStatus.InDoubt } => ActionResult.InDoubt,
        { End.Status: StepStatus.Undone } => ActionResult.Undone,
        { Succeeded: true, Outcome: OutcomeKind.AlreadySo } => ActionResult.AlreadySo,
        { Succeeded: true, Outcome: OutcomeKind.Partial } => ActionResult.Partial,
        { Succeeded: true, Outcome: OutcomeKind.Pending } => ActionResult.Pending,
        { Succeeded: true } => ActionResult.Done,
        { End.Status: StepStatus.Rejected or StepStatus.Cancelled or StepStatus.Skipped } => ActionResult.NotDone,
        { Intent: null } => ActionResult.NotDone,
        _ => ActionResult.Failed,
    };

    // What a person rejected is settled: they decided it.
    private static bool IsSettled(StepTrace step, ActionResult result) => result switch
    {
        ActionResult.Failed or ActionResult.InDoubt or ActionResult.Waiting or ActionResult.UnderWay or ActionResult.Pending or ActionResult.Partial => false,
        ActionResult.NotDone => step.End?.Error?.Kind != FailureKind.RejectedByPolicy,
        _ => true,
    };

    private static string? Why(StepTrace step, ActionResult result) => result switch
    {
        ActionResult.Done or ActionResult.AlreadySo or ActionResult.Partial => DetailOf(step),
        ActionResult.Pending => "the order waits at the product until the host is back",
        ActionResult.InDoubt => step.Doubt ?? step.End?.Note ?? "a person must say whether it happened",
        ActionResult.Waiting => step.Held ?? "it waits for an approval",
        ActionResult.UnderWay => null,
        ActionResult.NotDone when step.Skipped => "its condition was false",
        ActionResult.NotDone when step.End is { Status: StepStatus.Cancelled } => "the run was ended before it",
        ActionResult.Undone => "taken back later",
        _ => FailureWords.Of(step),
    };

    private static string? Gone(Fields result)
    {
        var left = result["left"].Items.Count();
        return result["gone"].Truth switch
        {
            true => "a look afterwards found it gone",
            false => left > 0 ? $"a look afterwards found {Amounts.Count(left, "file")} still there" : "a look afterwards found it still there",
            null => null,
        };
    }

    private static string Scan(Fields result)
    {
        var files = result["files"].Whole is { } count ? $", {Amounts.Count(count, "file")} read" : "";
        var threats = result["threats"].Items.ToList();
        return result["status"].Text switch
        {
            "clean" => $"clean{files}",
            "running" => $"still running{files}",
            var status => $"{(threats.Count > 0 ? $"{Amounts.Count(threats.Count, "threat")} found" : status?.Replace('_', ' ') ?? "no status returned")}{files}",
        };
    }

    private static string? Join(string? one, string? other) => one is null ? other : other is null ? one : $"{one}; {other}";
}

/// <summary>How an action stands.</summary>
public enum ActionResult
{
    /// <summary>Done now.</summary>
    Done,

    /// <summary>It was so already; nothing was changed.</summary>
    AlreadySo,

    /// <summary>Only partly.</summary>
    Partial,

    /// <summary>The product holds the order for a host that is offline.</summary>
    Pending,

    /// <summary>Tried, and failed.</summary>
    Failed,

    /// <summary>Nobody can tell; a person must look.</summary>
    InDoubt,

    /// <summary>Not tried: rejected, refused, or its condition was false.</summary>
    NotDone,

    /// <summary>It waits for people.</summary>
    Waiting,

    /// <summary>Under way.</summary>
    UnderWay,

    /// <summary>Done, and taken back later.</summary>
    Undone,
}
