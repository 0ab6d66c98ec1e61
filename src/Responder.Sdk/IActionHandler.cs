namespace Responder.Sdk;

/// <summary>One vendor's way to carry out an action.</summary>
/// <typeparam name="TAction">The action's record.</typeparam>
/// <typeparam name="TResult">What the action returns.</typeparam>
public interface IActionHandler<TAction, TResult>
    where TAction : IAction<TResult>
{
    /// <summary>Does it. Below the engine only reads are retried: a call that acts is made once, after <see cref="ActionContext.ConfirmMayActAsync"/>.</summary>
    /// <param name="action">The resolved inputs.</param>
    /// <param name="context">Run, step, key, attempt, progress and cancellation.</param>
    /// <returns>The result and whether it was done now or was already so.</returns>
    /// <exception cref="ActionFailure">Anything that went wrong, sorted into the engine's kinds.</exception>
    Task<Outcome<TResult>> RunAsync(TAction action, ActionContext context);
}

/// <summary>Reads the target's state before an effect, so that undo knows what was there and a probe can compare times.</summary>
/// <typeparam name="TAction">The action's record.</typeparam>
public interface IReadsBefore<TAction>
{
    /// <summary>Reads only.</summary>
    /// <param name="action">The resolved inputs.</param>
    /// <param name="context">As for the action itself.</param>
    Task<Before> BeforeAsync(TAction action, ActionContext context);
}

/// <summary>Asks the vendor whether an action whose end is unknown has happened.</summary>
/// <typeparam name="TAction">The action's record.</typeparam>
/// <typeparam name="TResult">What the action returns.</typeparam>
public interface IProbe<TAction, TResult>
    where TAction : IAction<TResult>
{
    /// <summary>How long after the last attempt a "no" must wait before it counts.</summary>
    TimeSpan Settle => TimeSpan.FromSeconds(60);

    /// <summary>Reads only.</summary>
    /// <param name="intent">What was about to be done, with the state before it.</param>
    /// <param name="context">As for the action itself.</param>
    Task<ProbeAnswer<TResult>> ProbeAsync(Intent<TAction> intent, ActionContext context);
}

/// <summary>A handler's recovery rule. A handler of an action with an effect and no rule does not build.</summary>
/// <param name="rule">The rule, by the vendor's documented behaviour.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RecoveryAttribute(Recover rule) : Attribute
{
    /// <summary>The rule.</summary>
    public Recover Rule { get; } = rule;
}

/// <summary>What was about to be done: an open intent, as a probe gets it.</summary>
/// <param name="Action">The resolved inputs.</param>
/// <param name="Key">The idempotency key, the same for every attempt of the step.</param>
/// <param name="Before">The state that was read before the intent; null where the handler reads none.</param>
/// <param name="CommittedAt">When the first intent was committed, by our clock: for display, never to be compared with a vendor's times.</param>
public sealed record Intent<TAction>(TAction Action, string Key, Before? Before, DateTimeOffset CommittedAt);

/// <summary>The state of a target before an effect.</summary>
/// <param name="Free">True where the target was not already in the wanted state; only then may undo call the inverse.</param>
/// <param name="State">The vendor's word for the state, for people.</param>
/// <param name="Marks">Vendor's marks to compare with later: newest ids, modification times.</param>
public sealed record Before(bool Free, string State, IReadOnlyDictionary<string, string>? Marks = null);
