using System.Collections.Immutable;
using System.Text.Json;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <summary>How one instance of a step stands: the fold of the events that name its path.</summary>
public sealed record StepState
{
    /// <summary>Its place in this run, with iterations.</summary>
    public required string Path { get; init; }

    /// <summary>Its place in the file.</summary>
    public required string Place { get; init; }

    /// <summary>The author's name for it.</summary>
    public string? Id { get; init; }

    /// <summary>The author's title for it.</summary>
    public string? Name { get; init; }

    /// <summary>The key that makes its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>For an action: its name.</summary>
    public string? Action { get; init; }

    /// <summary>For an action: what it does to the world.</summary>
    public Effect? Effect { get; init; }

    /// <summary>How it stands.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>For an action: how it came about.</summary>
    public OutcomeKind? Outcome { get; init; }

    /// <summary>For an action: the resolved inputs; for a call: the called playbook's inputs.</summary>
    public JsonElement? Inputs { get; init; }

    /// <summary>For control flow: what was resolved when it began.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>What later steps read.</summary>
    public JsonElement? Outputs { get; init; }

    /// <summary>Why it failed, or how the last attempt did.</summary>
    public StepError? Error { get; init; }

    /// <summary>For people: found done by a probe; taken from <c>on_timeout</c>.</summary>
    public string? Note { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last attempt's number; 0 before the first.</summary>
    public int Attempts { get; init; }

    /// <summary>How many of the attempts met an open circuit breaker: they do not count against the step's.</summary>
    public int Uncounted { get; init; }

    /// <summary>The connection that it waits for.</summary>
    public OpenCircuit? Circuit { get; init; }

    /// <summary>When the last wait for its connection was over: what a probe can't tell counts from there.</summary>
    public DateTimeOffset? CircuitDue { get; init; }

    /// <summary>The attempts that count against the step's <c>attempts</c>.</summary>
    public int Counted => Attempts - Uncounted;

    /// <summary>True between an attempt's start and its end.</summary>
    public bool AttemptOpen { get; init; }

    /// <summary>When the first attempt began: the step's time counts from there.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }

    /// <summary>When the last attempt began or failed.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>The last intent.</summary>
    public IntentRecorded? Intent { get; init; }

    /// <summary>What policy said last.</summary>
    public PolicyAnswer? Policy { get; init; }

    /// <summary>For a deletion: what its list sums up to, and what is new in it since it was approved.</summary>
    public string? Listed { get; init; }

    /// <summary>When the first intent was committed.</summary>
    public DateTimeOffset? FirstIntentAt { get; init; }

    /// <summary>The connection of a read's last attempt, or of the intent.</summary>
    public string? Connection { get; init; }

    /// <summary>Its connector.</summary>
    public string? Connector { get; init; }

    /// <summary>Wait until then: a retry, a busy target.</summary>
    public DateTimeOffset? RetryDue { get; init; }

    /// <summary>True while an unknown end is being taken up by the rule.</summary>
    public bool Recovering { get; init; }

    /// <summary>
    /// An attempt of an effect that leaves something behind ended in an unknown way, and neither a probe nor a person has said since that it did not happen.
    /// Whatever a repeat comes to then, the step can't be told as not done.
    /// </summary>
    public bool Unsettled { get; init; }

    /// <summary>When a probe asks again.</summary>
    public DateTimeOffset? AskAgain { get; init; }

    /// <summary>The gate in front of it, or the approval that it is.</summary>
    public GateState? Gate { get; init; }

    /// <summary>For a wait or a question: until when.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>For a wait: the event's name; for a question: the reply's.</summary>
    public string? Awaits { get; init; }

    /// <summary>The event that came.</summary>
    public EventTaken? Taken { get; init; }

    /// <summary>Its own time ran out.</summary>
    public bool TimeRanOut { get; init; }

    /// <summary>A person rejected it, and that ends the run.</summary>
    public bool EndsRun { get; init; }

    /// <summary>The kill switch holds it until a person lets the run go on.</summary>
    public bool Held { get; init; }

    /// <summary>How far it is.</summary>
    public StepProgress? Progress { get; init; }

    /// <summary>For a loop: its passes.</summary>
    public LoopState? Loop { get; init; }

    /// <summary>For a call: the called playbook's frame.</summary>
    public FrameState? Frame { get; init; }
}

/// <summary>A gate as it stands.</summary>
/// <param name="Request">What is shown.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Roles">Who may answer now.</param>
/// <param name="Deadline">Until when.</param>
/// <param name="Escalated">The deadline passed once and others are asked.</param>
/// <param name="Answers">What was answered.</param>
/// <param name="Choice">What was decided; null while open.</param>
/// <param name="How">How.</param>
/// <param name="ClosedAt">When.</param>
public sealed record GateState(
    GateRequest Request, DateTimeOffset AskedAt, IReadOnlyList<string> Roles, DateTimeOffset? Deadline, bool Escalated,
    ImmutableArray<GateAnswered> Answers, string? Choice = null, string? How = null, DateTimeOffset? ClosedAt = null)
{
    /// <summary>How often people were reminded.</summary>
    public int Reminders { get; init; }

    /// <summary>When they were last.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>Still to be decided.</summary>
    public bool IsOpen => Choice is null;
}

/// <summary>A loop's passes.</summary>
/// <param name="Floor">Every pass below it has ended.</param>
/// <param name="Ended">The passes that ended, by index.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Tested">For a while: the last index that was tested, and what it gave.</param>
public sealed record LoopState(int Floor, ImmutableDictionary<int, PassEnded> Ended, int Failed, (int Index, bool Value)? Tested)
{
    /// <summary>No pass yet.</summary>
    public static LoopState Empty { get; } = new(0, ImmutableDictionary<int, PassEnded>.Empty, 0, null);
}

/// <summary>A playbook at work: the run's own, or a called one.</summary>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Vars">Its variables now.</param>
/// <param name="Stop">What a stop in it set.</param>
/// <param name="Main">How its main steps ended.</param>
public sealed record FrameState(JsonElement Inputs, ImmutableDictionary<string, JsonElement> Vars, StopSign? Stop = null, MainEnded? Main = null)
{
    /// <summary>A frame at its start.</summary>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="vars">Its variables' start values.</param>
    public static FrameState Start(JsonElement inputs, JsonElement vars) => new(
        inputs,
        vars.ValueKind == JsonValueKind.Object
            ? vars.EnumerateObject().ToImmutableDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal)
            : ImmutableDictionary<string, JsonElement>.Empty.WithComparers(StringComparer.Ordinal));
}
