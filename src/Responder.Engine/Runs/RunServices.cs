using Microsoft.Extensions.Logging;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Policy;

namespace Responder.Engine.Runs;

/// <summary>What run loops share.</summary>
public sealed class RunServices
{
    /// <summary>The journal.</summary>
    public required IRunJournal Journal { get; init; }

    /// <summary>Files of runs.</summary>
    public required IArtifacts Artifacts { get; init; }

    /// <summary>Named events and replies.</summary>
    public required IEventInbox Events { get; init; }

    /// <summary>The configured connections.</summary>
    public required IConnections Connections { get; init; }

    /// <summary>The ledger, for who holds what.</summary>
    public required IRunQueries Queries { get; init; }

    /// <summary>Policy.</summary>
    public required IPolicy Policy { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>For the loops' messages.</summary>
    public required ILogger Log { get; init; }

    /// <summary>This node and start: what a run's row names as its owner.</summary>
    public required string Owner { get; init; }

    /// <summary>Limits.</summary>
    public RunLimits Limits { get; init; } = new();

    /// <summary>Whether the clock can be trusted, and since when.</summary>
    public required ClockWatch Clock { get; init; }

    /// <summary>Writes the incident report of a journal as Markdown.</summary>
    public required Func<IReadOnlyList<JournalEntry>, DateTimeOffset, string> Report { get; init; }
}

/// <summary>Limits of a run loop.</summary>
public sealed record RunLimits
{
    /// <summary>An approval is good for so long.</summary>
    public TimeSpan ApprovalLife { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>A call that acts is let finish for so long; past it its end is unknown.</summary>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An effect's completion goes to the writer at the latest after this.</summary>
    public TimeSpan EffectFlush { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>A read's completion goes to the writer at the latest after this.</summary>
    public TimeSpan ReadFlush { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A loop that only waits is put away after this.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A busy target is tried again after this.</summary>
    public TimeSpan BusyPoll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A deadline that would act and passed while nobody could answer moves to so long from now.</summary>
    public TimeSpan MissedDeadlineGrace { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Progress is kept at most so often.</summary>
    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>At most so many step instances.</summary>
    public int StepInstances { get; init; } = 10_000;

    /// <summary>A result's field larger than this, in bytes of JSON, is kept as an artifact.</summary>
    public int LargeField { get; init; } = 256 * 1024;

    /// <summary>A result's list longer than this is kept as an artifact.</summary>
    public int LongList { get; init; } = 10_000;
}
