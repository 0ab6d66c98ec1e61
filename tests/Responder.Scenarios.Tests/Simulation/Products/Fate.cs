using Responder.Scenarios.Tests.Simulation.Nodes;
using Responder.Scenarios.Tests.Simulation.Time;
using Responder.Sdk;

namespace Responder.Scenarios.Tests.Simulation.Products;

/// <summary>What becomes of a call: when it reaches the product, whether it is done, what is answered and when, and who dies of it.</summary>
/// <param name="Done">After this the product does it; null where it never does.</param>
/// <param name="Answer">After this an answer comes; null where none does.</param>
/// <param name="Failure">What the answer says; null where it is a success.</param>
/// <param name="Odd">The answer is an exception that the connector does not name.</param>
/// <param name="Dies">Where the process dies of it.</param>
internal sealed record Fate(TimeSpan? Done, TimeSpan? Answer, FailureKind? Failure = null, bool Odd = false, Boundary? Dies = null)
{
    private static readonly FailureKind[] Certain =
    [
        FailureKind.Transient, FailureKind.Transient, FailureKind.RateLimited, FailureKind.Offline, FailureKind.Conflict, FailureKind.NotFound, FailureKind.Forbidden, FailureKind.Invalid,
    ];

    /// <summary>Throws one.</summary>
    /// <param name="dice">Chance.</param>
    /// <param name="trouble">How often in a hundred something goes wrong.</param>
    public static Fate Of(Dice dice, int trouble)
    {
        var there = dice.Milliseconds(1, 400);
        var back = there + dice.Milliseconds(1, 400);
        if (!dice.Percent(trouble))
        {
            return new Fate(there, back);
        }

        var late = dice.Seconds(1, 15);
        return dice.Int(9) switch
        {
            0 or 1 => new Fate(null, back, dice.Of(Certain)),
            2 => new Fate(there, dice.Seconds(10, 60), FailureKind.Unknown),       // done, and the answer is lost
            3 => new Fate(null, dice.Seconds(10, 60), FailureKind.Unknown),        // lost on the way
            4 => new Fate(late, dice.Seconds(16, 400)),                            // answered late
            5 => new Fate(dice.Percent(50) ? late : null, null),                   // hangs
            6 => new Fate(late, back, FailureKind.Unknown),                        // the gateway gave up; it is done after that
            7 => new Fate(dice.Percent(50) ? there : null, back, Odd: true),
            _ => new Fate(dice.Percent(70) ? there : late, null, Dies: dice.Percent(50) ? Boundary.AfterSend : Boundary.AfterDoing),
        };
    }
}
