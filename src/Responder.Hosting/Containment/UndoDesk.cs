using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Undo;

namespace Responder.Hosting.Containment;

/// <summary>Takes runs back: plans it, and starts the run that does it.</summary>
/// <param name="node">The node.</param>
public sealed class UndoDesk(ResponderNode node)
{
    /// <summary>What taking a run back would do, from the ledger as it is now; null where there is no such run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<UndoPlan?> PlanAsync(string runId, CancellationToken cancel) => await node.Store.Journal.ReadAsync(runId, 0, cancel) is { } stored
        ? UndoPlan.Of(
            [.. stored.Events.Select(JournalCodec.Read)], await node.Store.Queries.EffectsAsync(runId, cancel), await node.Store.Queries.EffectsAsync(null, cancel), node.Connections, runId)
        : null;

    /// <summary>Starts the run that takes it back, behind one approval. One at a time takes a run back: another is skipped, and told who is at it.</summary>
    /// <param name="plan">The plan; there is something to take back.</param>
    /// <param name="order">Which run, why, and by whom.</param>
    /// <param name="drive">False where the caller wakes it.</param>
    /// <param name="cancel">Ends waiting before it is started.</param>
    public async Task<AdmittedRun> StartAsync(UndoPlan plan, UndoOrder order, bool drive, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        var (definition, start) = UndoRun.Make(plan, node.Connections, order.RunId, order.Reason, node.Services.Time.GetUtcNow());
        if (order.IsOffer)
        {
            start = start with { DedupeKey = $"undo_offer|{order.RunId}", DedupeWindow = TimeSpan.FromDays(365) };
        }

        var result = await node.Starter.StartAsync(
            null, [new StartRequest(definition, start, null, order.By, order.Auto, Dedupe: order.IsOffer, PageAddress: order.PageAddress, UndoOf: order.RunId)], drive, cancel);
        return result.Runs[0];
    }
}

/// <summary>A run to take back.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Reason">Why; kept in the journal, and written where a ticket is opened again.</param>
/// <param name="By">Who wants it.</param>
/// <param name="Auto">Who answers its gate.</param>
/// <param name="PageAddress">Where the pages are served.</param>
public sealed record UndoOrder(string RunId, string Reason, string By, AutoAnswer Auto = AutoAnswer.Ask, string? PageAddress = null)
{
    /// <summary>True where the run offers it by itself: no second one is started so, whatever became of the first.</summary>
    public bool IsOffer { get; init; }
}
