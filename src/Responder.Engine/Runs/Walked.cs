using Responder.Engine.Journal;

namespace Responder.Engine.Runs;

/// <summary>How far a list of steps is.</summary>
internal enum Reach
{
    /// <summary>At its end.</summary>
    Done,

    /// <summary>Still at work or waiting.</summary>
    Open,

    /// <summary>A step failed and nothing handled it.</summary>
    Failed,

    /// <summary>Ended early because what holds it is being closed.</summary>
    Closed,
}

/// <summary>How far a list of steps is, and why.</summary>
/// <param name="Reach">How far.</param>
/// <param name="Waits">While open: what for.</param>
/// <param name="Error">Where failed: why, with the step's path.</param>
internal readonly record struct Walked(Reach Reach, Waits Waits = Waits.None, StepError? Error = null)
{
    public static Walked Done { get; } = new(Reach.Done);

    public static Walked Closed { get; } = new(Reach.Closed);

    public static Walked Work { get; } = new(Reach.Open, Waits.Work);

    public static Walked For(Waits waits) => new(Reach.Open, waits);
}
