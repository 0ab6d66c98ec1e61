using System.Text.Json;
using Responder.Engine.Approvals;
using Responder.Engine.Policy;
using Responder.Sdk;

namespace Responder.Engine.Journal;

/// <summary>One line of a run's journal. A released event's fields are only added to.</summary>
public abstract record RunEvent;

/// <summary>An event with its number and time.</summary>
/// <param name="Seq">1, 2, 3, … in its run.</param>
/// <param name="At">When it was handled.</param>
/// <param name="Event">What happened.</param>
public sealed record JournalEntry(long Seq, DateTimeOffset At, RunEvent Event);

/// <summary>The run exists: accepted, with all that it is pinned to. Inputs are resolved here, once.</summary>
public sealed record RunCreated(
    string Playbook,
    string PlaybookName,
    string DefinitionHash,
    string? AlertId,
    JsonElement? Alert,
    JsonElement Inputs,
    JsonElement Vars,
    string StartedBy,
    AutoAnswer Auto,
    string Connectors,
    string? ConcurrencyKey,
    DateTimeOffset? Deadline,
    string? Url = null,
    string? UndoOf = null,
    string? LeaseOf = null) : RunEvent;

/// <summary>Who answers the gates of a run without a person.</summary>
public enum AutoAnswer
{
    /// <summary>Nobody: people are asked.</summary>
    Ask,

    /// <summary><c>--approve all</c>.</summary>
    All,

    /// <summary><c>--approve none</c>.</summary>
    None,
}

/// <summary>The run has its concurrency slot and goes.</summary>
public sealed record RunStarted : RunEvent;

/// <summary>A step has begun: its condition was true and what it needs is resolved, once.</summary>
/// <param name="Path">Its place in this run, with iterations.</param>
/// <param name="Place">Its place in the file.</param>
/// <param name="Id">The author's name for it.</param>
/// <param name="Name">The author's title for it.</param>
/// <param name="Kind">The key that makes its kind.</param>
/// <param name="Action">For an action: its name.</param>
/// <param name="Effect">For an action: what it does to the world.</param>
/// <param name="Inputs">For an action: the resolved <c>with</c>. For a call: the called playbook's inputs.</param>
/// <param name="Value">For control flow: the condition, the switched value, the list, the new variables, a called playbook's start variables.</param>
/// <param name="Due">For a wait: until when.</param>
/// <param name="AwaitsEvent">For a wait: the event's name.</param>
public sealed record StepStarted(
    string Path, string Place, string? Id, string? Name, string Kind,
    string? Action = null, Effect? Effect = null, JsonElement? Inputs = null, JsonElement? Value = null,
    DateTimeOffset? Due = null, string? AwaitsEvent = null) : RunEvent;

/// <summary>A step's <c>when</c> was false.</summary>
public sealed record StepSkipped(string Path, string Place, string? Id, string? Name, string Kind, string? Action = null) : RunEvent;

/// <summary>People are asked.</summary>
public sealed record GateAsked(string Path, GateRequest Gate) : RunEvent;

/// <summary>One person's answer, or what stands for one (<paramref name="Via"/>).</summary>
/// <param name="Path">The step.</param>
/// <param name="GateId">The gate's id.</param>
/// <param name="By">Who.</param>
/// <param name="Choice">What.</param>
/// <param name="Fields">The form.</param>
/// <param name="Comment">Their words.</param>
/// <param name="Via"><c>web</c>, <c>api</c>, <c>terminal</c>, <c>--approve all</c>, <c>--approve none</c>.</param>
/// <param name="For">On whose behalf, where the role was delegated: then it is that person's answer too.</param>
public sealed record GateAnswered(string Path, string GateId, string By, string Choice, JsonElement? Fields, string? Comment, string Via, string? For = null) : RunEvent;

/// <summary>A gate is decided.</summary>
/// <param name="Path">The step.</param>
/// <param name="GateId">The gate's id.</param>
/// <param name="Choice">What was decided.</param>
/// <param name="How"><c>answered</c>, <c>deadline</c>, <c>stale</c> (it is asked anew), <c>cancelled</c>.</param>
public sealed record GateClosed(string Path, string GateId, string Choice, string How) : RunEvent;

/// <summary>A gate's deadline passed: others are asked, for the same time again.</summary>
public sealed record GateEscalated(string Path, string GateId, IReadOnlyList<string> Roles, DateTimeOffset Deadline) : RunEvent;

/// <summary>A gate still waits, and people are reminded.</summary>
public sealed record GateReminded(string Path, string GateId, int Time) : RunEvent;

/// <summary>A gate's deadline was moved because it passed while nobody could answer.</summary>
public sealed record GateExtended(string Path, string GateId, DateTimeOffset Deadline, string Why) : RunEvent;

/// <summary>An action with an effect is about to be called. Committed before it is.</summary>
/// <param name="Path">The step.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Key">The idempotency key, the same for every attempt.</param>
/// <param name="Connection">The connection that attempts, probe and undo use.</param>
/// <param name="Connector">Its connector.</param>
/// <param name="Targets">What it acts on, as read for this intent.</param>
/// <param name="Before">The state before, as the handler read it.</param>
/// <param name="Rule">How an unknown end is taken up.</param>
/// <param name="Settle">How long a probe's "no" must wait, in seconds.</param>
/// <param name="Policy">What policy said, and why.</param>
/// <param name="GateId">The gate that approved it.</param>
/// <param name="Lease">For how long it is meant; null for no end.</param>
public sealed record IntentRecorded(
    string Path, int Attempt, string Key, string Connection, string Connector, IReadOnlyList<TargetFacts> Targets, Before? Before,
    Recover Rule, double Settle, PolicyAnswer Policy, string? GateId = null, LeaseTerms? Lease = null) : RunEvent;

/// <summary>An undo, or the end of a lease, lets go of a target that another run holds too: it stays as it is, and is the other's.</summary>
/// <param name="Path">The step.</param>
/// <param name="Connection">The connection.</param>
/// <param name="Target">Kind and canonical id.</param>
/// <param name="Action">The action whose effect stays.</param>
/// <param name="From">The run that lets go.</param>
/// <param name="To">The run that holds it too.</param>
public sealed record HoldLet(string Path, string Connection, string Target, string Action, string From, string To) : RunEvent;

/// <summary>The list that a deletion is approved with was taken, or taken anew: the step's inputs have it now.</summary>
/// <param name="Path">The step.</param>
/// <param name="Inputs">The inputs with the list.</param>
/// <param name="Why">For people: what the list sums up to, and what is new in it.</param>
public sealed record InputsListed(string Path, JsonElement Inputs, string Why) : RunEvent;

/// <summary>Policy refused an action; nothing was called.</summary>
public sealed record PolicyRefused(string Path, PolicyAnswer Policy) : RunEvent;

/// <summary>A read is about to be called.</summary>
public sealed record ReadStarted(string Path, int Attempt, string Connection, string Connector) : RunEvent;

/// <summary>An attempt ended without success, or in an unknown way.</summary>
public sealed record AttemptFailed(string Path, int Attempt, StepError Error) : RunEvent;

/// <summary>The next attempt waits until then.</summary>
public sealed record RetryScheduled(string Path, int Attempt, DateTimeOffset Due, string Why) : RunEvent;

/// <summary>The step waits for its connection: the attempt, or the probe, met an open circuit breaker, and is not counted.</summary>
/// <param name="Path">The step.</param>
/// <param name="Connection">The connection.</param>
/// <param name="Since">Since when its breaker has been open.</param>
/// <param name="Due">When it is tried again.</param>
/// <param name="Why">The failure, for people.</param>
public sealed record CircuitAwaited(string Path, string Connection, DateTimeOffset Since, DateTimeOffset Due, string Why) : RunEvent;

/// <summary>An attempt's unknown end is taken up by its rule.</summary>
public sealed record RecoveryBegun(string Path, int Attempt, Recover Rule, string Why) : RunEvent;

/// <summary>What a probe saw; where it is not final, when it asks again.</summary>
public sealed record ProbeAnswered(string Path, ProbeVerdict Verdict, string Reason, DateTimeOffset? AskAgain) : RunEvent;

/// <summary>Nobody but a person can tell how a step ended; its branch waits.</summary>
public sealed record StepInDoubt(string Path, string Reason) : RunEvent;

/// <summary>A lead settled a step in doubt.</summary>
/// <param name="Path">The step.</param>
/// <param name="Resolution"><c>succeeded</c>, <c>failed</c>, <c>repeat</c>.</param>
/// <param name="Outputs">With <c>succeeded</c>: the result.</param>
/// <param name="By">Who.</param>
/// <param name="Comment">Their words.</param>
public sealed record StepSettled(string Path, string Resolution, JsonElement? Outputs, string By, string? Comment) : RunEvent;

/// <summary>Another run acts on the same target; tried again then.</summary>
public sealed record TargetBusy(string Path, string Target, string Holder, DateTimeOffset Due) : RunEvent;

/// <summary>The kill switch stopped an intent; the run waits for a person when it is lifted.</summary>
public sealed record RunHeld(string Path, string Reason) : RunEvent;

/// <summary>A person let a held run, or one whose loop failed, go on.</summary>
public sealed record RunResumed(string By) : RunEvent;

/// <summary>How far a long action is.</summary>
public sealed record StepProgress(string Path, long Done, long Total, string Unit) : RunEvent;

/// <summary>A question is out; the reply to the step's key is its result.</summary>
/// <param name="Path">The step.</param>
/// <param name="Outputs">The result so far.</param>
/// <param name="Due">Until when; never where null.</param>
public sealed record AnswerAwaited(string Path, JsonElement Outputs, DateTimeOffset? Due) : RunEvent;

/// <summary>The reply came, or the event that a wait was for.</summary>
/// <param name="Path">The step.</param>
/// <param name="EventId">The event's id, taken once by this run.</param>
/// <param name="Payload">What it brings.</param>
public sealed record EventTaken(string Path, string EventId, JsonElement Payload) : RunEvent;

/// <summary>A step is at its end.</summary>
/// <param name="Path">The step.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Outcome">For an action: done, already so, …</param>
/// <param name="Outputs">What later steps read.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Attempt">For an action: the attempt that ended it.</param>
/// <param name="Note">For people: taken from <c>on_timeout</c>; found done by a probe.</param>
/// <param name="Stop">For <c>stop</c>: the outcome and reason it sets.</param>
public sealed record StepEnded(
    string Path, StepStatus Status, OutcomeKind? Outcome = null, JsonElement? Outputs = null, StepError? Error = null,
    int? Attempt = null, string? Note = null, StopSign? Stop = null) : RunEvent;

/// <summary>What a <c>stop</c> sets, or a person's rejection that ends the run.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record StopSign(string Outcome, string? Reason);

/// <summary>A while's condition was tested before a pass.</summary>
public sealed record WhileTested(string Path, int Index, bool Value) : RunEvent;

/// <summary>A pass of a loop is at its end.</summary>
public sealed record PassEnded(string Path, int Index, StepStatus Status, StepError? Error) : RunEvent;

/// <summary>A step's own time, or the whole run's (<paramref name="Path"/> null), ran out.</summary>
public sealed record TimeRanOut(string? Path) : RunEvent;

/// <summary>Somebody asked the run to end between effects.</summary>
public sealed record CancelRequested(string By, string? Reason) : RunEvent;

/// <summary>The main steps are over; what comes after is <c>on_failure</c> and <c>finally</c>.</summary>
/// <param name="Status">What the run will end as.</param>
/// <param name="Outcome">The outcome it will have.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Step">The step that failed.</param>
/// <param name="Error">Its error.</param>
/// <param name="Frame">The path of the call whose playbook it is; null for the run's own.</param>
public sealed record MainEnded(RunStatus Status, string? Outcome, string? Reason, string? Step, StepError? Error, string? Frame = null) : RunEvent;

/// <summary>The run is at its end.</summary>
public sealed record RunEnded(RunStatus Status, string? Outcome, string? Reason, JsonElement? Outputs) : RunEvent;

/// <summary>The run's own loop failed again and again; a person must look.</summary>
public sealed record RunInDoubt(string Reason) : RunEvent;

/// <summary>Something that an analyst should know though the run went on.</summary>
public sealed record WarningNoted(string? Path, string Message) : RunEvent;

/// <summary>Why a step did not succeed.</summary>
/// <param name="Kind">The engine's kind.</param>
/// <param name="Message">What happened and what to do next.</param>
/// <param name="Code">The vendor's code.</param>
/// <param name="TraceId">The vendor's trace id.</param>
/// <param name="RetryAfter">The vendor's wait, in seconds.</param>
/// <param name="Circuit">The connection's circuit breaker, where it was open.</param>
/// <param name="Step">For a step that holds others: the path of the one that failed.</param>
public sealed record StepError(FailureKind Kind, string Message, string? Code = null, string? TraceId = null, double? RetryAfter = null, string? Step = null, OpenCircuit? Circuit = null);

/// <summary>A connection whose product does not answer, so that nothing is sent to it.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Since">Since when.</param>
public sealed record OpenCircuit(string Connection, DateTimeOffset Since)
{
    /// <summary>For people: what is waited for.</summary>
    public string Words() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"waits for connection {Connection}: circuit open since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");
}
