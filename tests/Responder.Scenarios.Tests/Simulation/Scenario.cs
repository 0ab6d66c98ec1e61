using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation;

/// <summary>What kind of world a seed makes.</summary>
internal sealed record Scenario
{
    public required ulong Seed { get; init; }

    /// <summary>How many nodes share the store.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>How many alerts come, each with a run.</summary>
    public int Alerts { get; init; } = 2;

    /// <summary>How often in a hundred a call goes wrong.</summary>
    public int Trouble { get; init; } = 10;

    /// <summary>How often in ten thousand a process dies at a boundary.</summary>
    public int Deaths { get; init; } = 40;

    /// <summary>How often in ten thousand a process stands still at a boundary.</summary>
    public int Stalls { get; init; } = 40;

    /// <summary>Whether somebody throws the kill switch.</summary>
    public bool Switches { get; init; }

    /// <summary>Whether the disk is full for a while.</summary>
    public bool FullDisk { get; init; }

    /// <summary>Whether a node's wall clock is set wrong for a while.</summary>
    public bool WrongClock { get; init; }

    /// <summary>How often in a hundred a person cancels a run.</summary>
    public int Cancels { get; init; } = 10;

    /// <summary>Whether policy allows so few effects that its limits are met.</summary>
    public bool TightLimits { get; init; }

    /// <summary>How often in a hundred a run that contained something is taken back.</summary>
    public int Undoes { get; init; }

    /// <summary>At this boundary, counted from 1, the process dies, and nowhere else.</summary>
    public int? DieAt { get; init; }

    /// <summary>A world of its own for each seed.</summary>
    public static Scenario Of(ulong seed)
    {
        var dice = new Dice(seed).Split("scenario");
        return new Scenario
        {
            Seed = seed,
            Nodes = dice.Percent(50) ? 1 : dice.Between(2, 3),
            Alerts = dice.Between(1, 4),
            Trouble = dice.Of([0, 5, 15, 35]),
            Deaths = dice.Of([0, 30, 100, 300]),
            Stalls = dice.Of([0, 30, 100]),
            Switches = dice.Percent(20),
            FullDisk = dice.Percent(10),
            WrongClock = dice.Percent(10),
            Cancels = dice.Of([0, 0, 15]),
            TightLimits = dice.Percent(50),
            Undoes = dice.Of([0, 40, 80]),
        };
    }
}
