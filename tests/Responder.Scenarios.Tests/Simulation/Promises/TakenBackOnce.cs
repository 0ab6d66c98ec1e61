using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>12: every effect is in the ledger; one run at a time takes another back, and each end of a lease is asked for once.</summary>
internal sealed class TakenBackOnce : Promise
{
    private readonly HashSet<string> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _undoing = new(StringComparer.Ordinal);

    public TakenBackOnce(World world)
        : base(world) => world.Record.Committed += (run, entries) =>
        {
            foreach (var entry in entries)
            {
                Judge(run, entry.Event);
            }
        };

    public override int Number => 12;

    public override void AtEnd()
    {
        foreach (var run in World.Record.Runs)
        {
            var ledger = World.Store.Queries.EffectsAsync(run.RunId, CancellationToken.None).GetAwaiter().GetResult();
            foreach (var intent in run.Entries.Select(entry => entry.Event).OfType<IntentRecorded>().Where(one => one.Targets.Count > 0))
            {
                if (!ledger.Any(line => line.Path == intent.Path))
                {
                    Broken($"run {run.RunId} {intent.Path}: its effect is not in the ledger.");
                }
            }
        }
    }

    private void Judge(RunRecord run, RunEvent happened)
    {
        switch (happened)
        {
            case RunCreated { LeaseOf: { } holder } created when !_leases.Add($"{holder}|{created.Inputs.GetProperty("lease").GetRawText()}|{created.Inputs.GetProperty("why").GetString()}"):
                Broken($"run {run.RunId}: the same end of a lease of run {holder} is asked for twice.");
                break;
            case RunStarted when run.State.Created!.UndoOf is { } undone:
                if (!_undoing.TryAdd(undone, run.RunId))
                {
                    Broken($"run {run.RunId} takes back run {undone} while run {_undoing[undone]} does.");
                }

                break;
            case RunEnded when run.State.Created!.UndoOf is { } done:
                _undoing.Remove(done);
                break;
        }
    }
}
