using Responder.Engine.Journal;
using Responder.Playbooks.Language;

namespace Responder.Engine.Runs;

/// <summary>What to carry out next, as <see cref="Next"/> decides it.</summary>
/// <param name="Commands">To carry out now, in this order.</param>
/// <param name="Waits">What the run waits for besides.</param>
/// <param name="Wake">When to decide again though nothing happens.</param>
public sealed record Decision(IReadOnlyList<Command> Commands, Waits Waits, DateTimeOffset? Wake);

/// <summary>What a run can wait for.</summary>
[Flags]
public enum Waits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A call, or something to carry out.</summary>
    Work = 1,

    /// <summary>The next attempt.</summary>
    Backoff = 2,

    /// <summary>An approval, or a person after the kill switch was lifted.</summary>
    People = 4,

    /// <summary>A time, an event or an answer.</summary>
    Event = 8,

    /// <summary>A person to say how a step ended.</summary>
    Doubt = 16,

    /// <summary>A connection whose product does not answer.</summary>
    Connection = 32,
}

/// <summary>Something to carry out.</summary>
public abstract record Command;

/// <summary>This happened, as follows from the state alone.</summary>
public sealed record Emit(RunEvent Event) : Command;

/// <summary>Evaluate what a step needs and begin it.</summary>
internal sealed record Begin(Step Step, Place Place, string Path) : Command;

/// <summary>Ask people what an approval step asks.</summary>
internal sealed record Ask(ApprovalStep Step, Place Place, string Path) : Command;

/// <summary>Describe, check, and call an action; begins once and then is at work until it reports.</summary>
internal sealed record Act(ActionStep Step, Place Place, string Path) : Command;

/// <summary>Ask the product whether an attempt happened.</summary>
internal sealed record Probe(ActionStep Step, Place Place, string Path) : Command;

/// <summary>End waiting for a read.</summary>
internal sealed record CancelRead(string Path) : Command;

/// <summary>Test a while's condition before a pass.</summary>
internal sealed record TestWhile(WhileStep Step, Place Place, string Path, int Index) : Command;

/// <summary>Take a step's <c>on_timeout</c> as its result.</summary>
internal sealed record TakeTimeoutValue(Step Step, Place Place, string Path) : Command;

/// <summary>Work out a called playbook's outputs and end the call.</summary>
internal sealed record EndCall(CallStep Step, Place Place, string Path) : Command;

/// <summary>Work out the run's outputs and end it.</summary>
internal sealed record EndRun(RunStatus Status, string? Outcome, string? Reason) : Command;

/// <summary>Look for an event that a wait or a question is for.</summary>
internal sealed record LookForEvent(Step Step, Place Place, string Path, string Name) : Command;
