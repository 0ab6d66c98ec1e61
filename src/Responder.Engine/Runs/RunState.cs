using System.Collections.Immutable;
using Responder.Engine.Journal;

namespace Responder.Engine.Runs;

/// <summary>The state of a run: the fold of its journal. Immutable.</summary>
public sealed record RunState
{
    /// <summary>The last number that was folded.</summary>
    public long Seq { get; init; }

    /// <summary>What it is pinned to; null before the first event.</summary>
    public RunCreated? Created { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it got its slot.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the last event was.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Every step instance, by path.</summary>
    public ImmutableDictionary<string, StepState> Steps { get; init; } = ImmutableDictionary.Create<string, StepState>(StringComparer.Ordinal);

    /// <summary>The paths of the steps that have begun and not ended.</summary>
    public ImmutableHashSet<string> Open { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The run's own playbook at work.</summary>
    public FrameState? Frame { get; init; }

    /// <summary>Somebody asked it to end.</summary>
    public CancelRequested? Cancel { get; init; }

    /// <summary>The whole run's time ran out.</summary>
    public bool TimeRanOut { get; init; }

    /// <summary>The step that a person rejected, so that the run ends.</summary>
    public string? RejectedAt { get; init; }

    /// <summary>Events that this run has taken, by id.</summary>
    public ImmutableHashSet<string> TakenEvents { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>What an analyst should know though the run went on.</summary>
    public ImmutableList<WarningNoted> Warnings { get; init; } = [];

    /// <summary>A contain or destroy action has succeeded.</summary>
    public bool Contained { get; init; }

    /// <summary>The kill switch held it; it waits for a person.</summary>
    public bool Held { get; init; }

    /// <summary>Its loop failed again and again.</summary>
    public string? Doubt { get; init; }

    /// <summary>How it ended.</summary>
    public RunEnded? Ended { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>A step instance; null where it has not begun.</summary>
    /// <param name="path">Its path.</param>
    public StepState? Step(string path) => Steps.GetValueOrDefault(path);
}
