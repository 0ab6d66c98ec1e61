namespace Responder.Sdk;

/// <summary>How an attempt that did not fail ended.</summary>
public enum OutcomeKind
{
    /// <summary>Done now.</summary>
    Done,

    /// <summary>The target was already in the wanted state; nothing was changed.</summary>
    AlreadySo,

    /// <summary>Some of it was done; the result says what.</summary>
    Partial,

    /// <summary>Sent, and the answer comes later as a reply to the step's key: a question to a person.</summary>
    Awaiting,

    /// <summary>The vendor holds the order for a target that is offline; not yet in force.</summary>
    Pending,
}

/// <summary>What a handler returns: the result, and how it came about.</summary>
/// <typeparam name="T">The action's result.</typeparam>
/// <param name="Value">The result.</param>
/// <param name="Kind">How it came about.</param>
public readonly record struct Outcome<T>(T Value, OutcomeKind Kind = OutcomeKind.Done)
{
    /// <summary>A plain result means: done now.</summary>
    /// <param name="value">The result.</param>
    public static implicit operator Outcome<T>(T value) => new(value);
}

/// <summary>Short ways to say an outcome other than done.</summary>
public static class Outcome
{
    /// <summary>Nothing had to be changed.</summary>
    /// <param name="value">The result.</param>
    public static Outcome<T> AlreadySo<T>(T value) => new(value, OutcomeKind.AlreadySo);

    /// <summary>Some of it was done.</summary>
    /// <param name="value">The result, which says what.</param>
    public static Outcome<T> Partial<T>(T value) => new(value, OutcomeKind.Partial);

    /// <summary>The question is out; the answer comes as a reply to the step's key.</summary>
    /// <param name="value">The result so far, kept if the step times out with a value.</param>
    public static Outcome<T> Awaiting<T>(T value) => new(value, OutcomeKind.Awaiting);

    /// <summary>The vendor holds the order for an offline target.</summary>
    /// <param name="value">The result so far.</param>
    public static Outcome<T> Pending<T>(T value) => new(value, OutcomeKind.Pending);
}

/// <summary>A probe's answer.</summary>
public enum ProbeVerdict
{
    /// <summary>It happened; the answer carries the result. Counts at once.</summary>
    Happened,

    /// <summary>It did not happen; counts once the settle time has passed.</summary>
    NotHappened,

    /// <summary>The vendor's state does not tell; asked again until settle + 2 min, then a person is.</summary>
    CannotTell,
}

/// <summary>Whether an action whose end was unknown has happened.</summary>
/// <typeparam name="TResult">The action's result.</typeparam>
/// <param name="Verdict">Yes, no, or the vendor's state does not tell.</param>
/// <param name="Result">The result where it happened.</param>
/// <param name="Reason">What the probe saw, for the journal and for people.</param>
public sealed record ProbeAnswer<TResult>(ProbeVerdict Verdict, TResult? Result, string Reason);

/// <summary>Short ways to write a probe's answer.</summary>
public static class ProbeAnswer
{
    /// <summary>It happened.</summary>
    /// <param name="result">The result, as the attempt would have returned it.</param>
    /// <param name="reason">What was seen.</param>
    public static ProbeAnswer<T> Happened<T>(T result, string reason) => new(ProbeVerdict.Happened, result, reason);

    /// <summary>It did not happen.</summary>
    /// <param name="reason">What was seen.</param>
    public static ProbeAnswer<T> NotHappened<T>(string reason) => new(ProbeVerdict.NotHappened, default, reason);

    /// <summary>The vendor's state does not tell.</summary>
    /// <param name="reason">What was seen.</param>
    public static ProbeAnswer<T> CannotTell<T>(string reason) => new(ProbeVerdict.CannotTell, default, reason);
}
