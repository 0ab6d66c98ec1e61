using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.Nodes;

/// <summary>How long things take.</summary>
/// <param name="dice">Chance.</param>
internal sealed class Network(Dice dice)
{
    public TimeSpan Commit() => dice.PerMille(20) ? dice.Milliseconds(100, 3000) : dice.Milliseconds(0, 8);

    public TimeSpan Ack() => dice.PerMille(20) ? dice.Milliseconds(50, 1500) : dice.Milliseconds(0, 3);

    public TimeSpan Read() => dice.PerMille(20) ? dice.Milliseconds(50, 1500) : dice.Milliseconds(0, 3);

    /// <summary>Before a call is made: a token is fetched, a body built.</summary>
    public TimeSpan Prepare() => dice.PerMille(50) ? dice.Milliseconds(500, 4000) : dice.Milliseconds(0, 60);
}
