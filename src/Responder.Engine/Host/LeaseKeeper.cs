using Microsoft.Extensions.Logging;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Engine.Undo;

namespace Responder.Engine.Host;

/// <summary>
/// Sees to the ends of leases: when one comes near, a run asks to extend or release. It works from the ledger alone, so that a restart loses nothing, and each end
/// has one run over all nodes, by a key that is a row.
/// </summary>
/// <param name="services">What run loops share.</param>
/// <param name="starter">Starts the runs that ask.</param>
/// <param name="pages">Where the pages are served; null where they are not.</param>
public sealed partial class LeaseKeeper(RunServices services, RunStarter starter, string? pages)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Looks once.</summary>
    /// <param name="cancel">Ends waiting.</param>
    public async Task OnceAsync(CancellationToken cancel)
    {
        var rows = await services.Queries.EffectsAsync(null, cancel);
        foreach (var row in rows.Where(row => row.Until is not null && row.Status is "done" or "pending" && !_seen.Contains(LeaseRun.KeyOf(row))))
        {
            await LookAsync(row, cancel);
        }
    }

    private async Task LookAsync(EffectRow row, CancellationToken cancel)
    {
        var now = services.Time.GetUtcNow();
        if (await services.Journal.ReadAsync(row.RunId, 0, cancel) is not { } stored
            || Fold.All(stored.Events.Select(JournalCodec.Read)).Step(row.Path) is not { Intent.Lease: { } terms } holder)
        {
            Unknown(services.Log, row.RunId, row.Path);
            _seen.Add(LeaseRun.KeyOf(row));
            return;
        }

        if (now < row.Until!.Value - TimeSpan.FromSeconds(terms.AskBefore))
        {
            return;
        }

        if (LeaseRun.Make(row, holder, terms, services.Connections, now) is var (plan, start))
        {
            var result = await starter.StartAsync(null, [new StartRequest(plan, start, null, "lease", PageAddress: pages) { LeaseOf = row.RunId }], drive: true, cancel);
            Begun(services.Log, row.Action, row.TargetName, row.RunId, result.Runs[0].RunId);
        }
        else
        {
            Gone(services.Log, row.Action, row.TargetName, row.Connection);
        }

        _seen.Add(LeaseRun.KeyOf(row));
    }

    [LoggerMessage(1571, LogLevel.Information, "The lease of {Action} on {Target} (run {RunId}) comes to its end: run {Lease} asks")]
    private static partial void Begun(ILogger log, string action, string target, string runId, string lease);

    [LoggerMessage(1572, LogLevel.Error, "The lease of {Action} on {Target} comes to its end, and the connection '{Connection}' is no longer configured: give it back by hand")]
    private static partial void Gone(ILogger log, string action, string target, string connection);

    [LoggerMessage(1573, LogLevel.Error, "The ledger has a lease of run {RunId} at {Path} that its journal does not know")]
    private static partial void Unknown(ILogger log, string runId, string path);
}
