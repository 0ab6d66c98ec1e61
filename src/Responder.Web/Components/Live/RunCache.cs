using System.Collections.Concurrent;
using System.Collections.Immutable;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Hosting;
using Responder.Playbooks.Graph;

namespace Responder.Web.Components.Live;

/// <summary>Runs as pages show them, read on from where they were: many browsers on one run share one of each, and it is let go when none looks any more.</summary>
/// <param name="node">The node.</param>
internal sealed class RunCache(ResponderNode node)
{
    private readonly ConcurrentDictionary<string, WeakReference<LiveRun>> _runs = new(StringComparer.Ordinal);

    /// <summary>The run as it is committed now; null where there is none.</summary>
    public async Task<LiveRun?> GetAsync(string runId, CancellationToken cancel)
    {
        var known = _runs.TryGetValue(runId, out var weak) && weak.TryGetTarget(out var there) ? there : null;
        if (await node.Store.Journal.ReadAsync(runId, known?.State.Seq ?? 0, cancel) is not { } stored || await node.Store.Queries.FindAsync(runId, cancel) is not { } row)
        {
            return null;
        }

        if (known is not null && stored.Events.Count == 0 && known.Row == row)
        {
            return known;
        }

        var added = stored.Events.Select(JournalCodec.Read).ToList();
        var state = added.Aggregate(known?.State ?? new RunState(), Fold.Apply);
        if (state.Created is not { } created)
        {
            return null;
        }

        var plan = await node.Plans.GetAsync(created.DefinitionHash, created.Playbook, cancel);
        var run = new LiveRun
        {
            Row = row,
            State = state,
            Journal = (known?.Journal ?? []).AddRange(added),
            Order = (known?.Order ?? []).AddRange(added.Select(entry => entry.Event switch { StepStarted one => one.Path, StepSkipped one => one.Path, _ => null }).OfType<string>()),
            Picture = added.Count == 0 && known is not null ? known.Picture : GraphWriter.Svg(plan.Root, StatusByPlace.Of(state.Steps.Values), styled: false),
        };
        _runs[runId] = new WeakReference<LiveRun>(run);
        foreach (var gone in _runs.Where(one => !one.Value.TryGetTarget(out _)).Select(one => one.Key).ToList())
        {
            _runs.TryRemove(gone, out _);
        }

        return run;
    }
}

/// <summary>A run as it is committed. Immutable; shared by all who look at it.</summary>
public sealed class LiveRun
{
    /// <summary>Its row.</summary>
    public required RunListItem Row { get; init; }

    /// <summary>The fold of its journal.</summary>
    public required RunState State { get; init; }

    /// <summary>Its journal.</summary>
    public required ImmutableList<JournalEntry> Journal { get; init; }

    /// <summary>The paths of its steps, in the order in which they began.</summary>
    public required ImmutableList<string> Order { get; init; }

    /// <summary>The playbook's picture, coloured: SVG without styles.</summary>
    public required string Picture { get; init; }
}
