using Microsoft.Extensions.Logging;
using Responder.Engine.Journal;
using Responder.Engine.Runs;

namespace Responder.Hosting.Containment;

/// <summary>
/// A run that found nothing bad and still holds containment offers its undo: the run that takes it back is started, and its one approval is the offer. Nothing is
/// released before a lead approves; who rejects it is not asked again. It works from the ledger alone, so that a restart loses nothing, and each run offers once
/// over all nodes, by a key that is a row.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="pages">Where the pages are served; null where they are not.</param>
/// <param name="log">The log.</param>
public sealed partial class UndoOffers(ResponderNode node, string? pages, ILogger log)
{
    // Runs in the ledger that are seen to, so that each is read once and not at every look.
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Looks once.</summary>
    /// <param name="cancel">Ends waiting.</param>
    public async Task OnceAsync(CancellationToken cancel)
    {
        var holders = (await node.Store.Queries.EffectsAsync(null, cancel)).Where(row => row is { BeforeFree: true, Status: "done" or "pending" }).Select(row => row.RunId).ToHashSet(StringComparer.Ordinal);
        _seen.IntersectWith(holders);
        foreach (var runId in holders.Where(runId => !_seen.Contains(runId)))
        {
            if (await node.Store.Queries.FindAsync(runId, cancel) is not { EndedAt: not null } run)
            {
                continue;
            }

            if (RunOutcomes.IsHarmless(run.Outcome))
            {
                await OfferAsync(run, cancel);
            }

            _seen.Add(runId);
        }
    }

    private async Task OfferAsync(RunListItem run, CancellationToken cancel)
    {
        var desk = new UndoDesk(node);
        if (await desk.PlanAsync(run.RunId, cancel) is { Inverses.Count: > 0 } plan)
        {
            var begun = await desk.StartAsync(
                plan, new UndoOrder(run.RunId, $"The run ended as {run.Outcome}: {run.Reason ?? "no reason was given"}", $"run:{run.RunId}", PageAddress: pages) { IsOffer = true }, drive: true, cancel);
            if (begun.Status == "started")
            {
                Offered(log, run.RunId, run.Outcome!, begun.RunId);
            }
        }
    }

    [LoggerMessage(1587, LogLevel.Information, "Run {RunId} ended as {Outcome} and still holds containment: run {Undo} asks a lead whether to take it back")]
    private static partial void Offered(ILogger log, string runId, string outcome, string undo);
}
