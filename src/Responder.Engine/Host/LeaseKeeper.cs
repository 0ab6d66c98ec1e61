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
    // When each end is to be seen to, so that a run's journal is read once for it and not at every look.
    private readonly Dictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);

    /// <summary>Looks once.</summary>
    /// <param name="cancel">Ends waiting.</param>
    public async Task OnceAsync(CancellationToken cancel)
    {
        var now = services.Time.GetUtcNow();
        var rows = await services.Queries.EffectsAsync(null, cancel);
        foreach (var row in rows.Where(row => row is { Until: not null, Status: "done" or "pending" } && _due.GetValueOrDefault(LeaseRun.KeyOf(row)) <= now))
        {
            _due[LeaseRun.KeyOf(row)] = await LookAsync(row, now, cancel);
        }
    }

    /// <summary>Sees to an end that has come near. When to look at it next.</summary>
    private async Task<DateTimeOffset> LookAsync(EffectRow row, DateTimeOffset now, CancellationToken cancel)
    {
        if (await services.Journal.ReadAsync(row.RunId, 0, cancel) is not { } stored
            || Fold.All(stored.Events.Select(JournalCodec.Read)).Step(row.Path) is not { Intent.Lease: { } terms } holder)
        {
            Unknown(services.Log, row.RunId, row.Path);
            return DateTimeOffset.MaxValue;
        }

        if (row.Until!.Value - TimeSpan.FromSeconds(terms.AskBefore) is var ask && now < ask)
        {
            return ask;
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

        return DateTimeOffset.MaxValue;
    }

    [LoggerMessage(1571, LogLevel.Information, "The lease of {Action} on {Target} (run {RunId}) comes to its end: run {Lease} asks")]
    private static partial void Begun(ILogger log, string action, string target, string runId, string lease);

    [LoggerMessage(1572, LogLevel.Error, "The lease of {Action} on {Target} comes to its end, and the connection '{Connection}' is no longer configured: give it back by hand")]
    private static partial void Gone(ILogger log, string action, string target, string connection);

    [LoggerMessage(1573, LogLevel.Error, "The ledger has a lease of run {RunId} at {Path} that its journal does not know")]
    private static partial void Unknown(ILogger log, string runId, string path);
}
