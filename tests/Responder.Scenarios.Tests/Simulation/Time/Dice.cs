namespace Responder.Scenarios.Tests.Simulation.Time;

/// <summary>All chance in a simulation: the same seed throws the same, on every machine and version of .NET (splitmix64).</summary>
/// <param name="seed">The seed.</param>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed * 0x9E3779B97F4A7C15UL + 0xD1B54A32D192ED03UL;

    /// <summary>A stream of its own: what one part of the world throws does not move what another does.</summary>
    public Dice Split(string name) => new(name.Aggregate(Next(), (hash, sign) => (hash ^ sign) * 0x100000001B3UL));

    /// <summary>0 to below <paramref name="below"/>.</summary>
    public int Int(int below) => (int)(Next() % (ulong)below);

    public int Between(int least, int most) => least + Int(most - least + 1);

    /// <summary>True so often in a thousand.</summary>
    public bool PerMille(int often) => Int(1000) < often;

    public bool Percent(int often) => Int(100) < often;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Int(choices.Count)];

    public TimeSpan Milliseconds(int least, int most) => TimeSpan.FromMilliseconds(Between(least, most));

    public TimeSpan Seconds(int least, int most) => TimeSpan.FromSeconds(Between(least, most));

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
