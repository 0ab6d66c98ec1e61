using System.Text.Json;
using System.Text.Json.Serialization;

namespace Responder.Engine.Runs;

/// <summary>Something that people or the outside tell a run; between nodes it goes as JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "signal")]
[JsonDerivedType(typeof(AnswerGate), "answer")]
[JsonDerivedType(typeof(CancelRun), "cancel")]
[JsonDerivedType(typeof(ResumeRun), "resume")]
[JsonDerivedType(typeof(ResolveStep), "resolve")]
[JsonDerivedType(typeof(Nudge), "nudge")]
public abstract record RunSignal;

/// <summary>An answer at a gate.</summary>
/// <param name="GateId">The approval's id.</param>
/// <param name="By">Who.</param>
/// <param name="Roles">The roles that they have.</param>
/// <param name="Choice">What.</param>
/// <param name="Fields">The form.</param>
/// <param name="Comment">Their words.</param>
/// <param name="Hash">Of what they were shown; null only from the process's own terminal.</param>
/// <param name="Via"><c>web</c>, <c>api</c>, <c>terminal</c>.</param>
public sealed record AnswerGate(
    string GateId, string By, IReadOnlyCollection<string> Roles, string Choice, JsonElement? Fields, string? Comment, string? Hash, string Via) : RunSignal
{
    /// <summary>Roles that others gave them for a while.</summary>
    public IReadOnlyList<Approvals.DelegationRow> Delegated { get; init; } = [];

    /// <summary>On whose behalf, where their own roles do not suffice; null where they do, or nobody's do.</summary>
    /// <param name="asked">The gate's roles.</param>
    internal string? For(IReadOnlyList<string> asked) => Approvals.RoleRanks.MayAnswer(Roles, asked) ? null
        : Delegated.FirstOrDefault(one => Approvals.RoleRanks.MayAnswer([.. one.Roles], asked))?.From;
}

/// <summary>End between effects.</summary>
public sealed record CancelRun(string By, string? Reason) : RunSignal;

/// <summary>Go on, after the kill switch or after the loop failed.</summary>
public sealed record ResumeRun(string By) : RunSignal;

/// <summary>Settles a step in doubt.</summary>
/// <param name="Path">The step's path.</param>
/// <param name="Resolution"><c>succeeded</c>, <c>failed</c>, <c>repeat</c>.</param>
/// <param name="Outputs">With <c>succeeded</c>.</param>
/// <param name="By">Who.</param>
/// <param name="Comment">Their words.</param>
/// <param name="Attempt">The attempt whose end was looked at: what is said of it is taken for no later one. Null where it was not named.</param>
public sealed record ResolveStep(string Path, string Resolution, JsonElement? Outputs, string By, string? Comment, int? Attempt = null) : RunSignal;

/// <summary>Look again: an event came, a slot was given, the kill switch was lifted.</summary>
public sealed record Nudge : RunSignal;

/// <summary>How a signal was taken.</summary>
public enum SignalStatus
{
    /// <summary>Taken, and committed.</summary>
    Taken,

    /// <summary>No such run, gate or step.</summary>
    NotFound,

    /// <summary>Already decided, or what is asked now is not what was shown.</summary>
    Conflict,

    /// <summary>The role is not theirs.</summary>
    Forbidden,

    /// <summary>The answer does not fit.</summary>
    Invalid,

    /// <summary>The store can't write just now. Nothing was decided.</summary>
    Unavailable,
}

/// <summary>How a signal was taken, and why not.</summary>
/// <param name="Status">How.</param>
/// <param name="Message">For people.</param>
public sealed record SignalResult(SignalStatus Status, string Message)
{
    /// <summary>Taken, and committed.</summary>
    public static SignalResult Taken { get; } = new(SignalStatus.Taken, "Done.");
}

/// <summary>Where runs are driven: in this process, or on the node that has the run.</summary>
public interface IRunHost
{
    /// <summary>Sees to it that the run is driven; returns when its loop has begun.</summary>
    /// <param name="runId">The run.</param>
    Task WakeAsync(string runId);

    /// <summary>Sees to it that a run is driven that this process has just admitted as its owner; where that is done elsewhere, as <see cref="WakeAsync"/>.</summary>
    /// <param name="admitted">The run as its admission left it, with the epoch that it gave.</param>
    Task BeginAsync(Journal.StoredRun admitted)
    {
        ArgumentNullException.ThrowIfNull(admitted);
        return WakeAsync(admitted.RunId);
    }

    /// <summary>Tells a run something; completes when it is committed.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="signal">What.</param>
    Task<SignalResult> SignalAsync(string runId, RunSignal signal);
}
