using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Nodes;

/// <summary>
/// The journal as a process sees it: what is handed in waits for the next commit, which takes its time and takes all that waits, in order; the answer
/// takes time again. The process can die before the commit, and between commit and answer; the disk can be full for a while.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="process">Whose it is.</param>
/// <param name="world">The world.</param>
internal sealed class ProcessJournal(IRunJournal store, SimProcess process, World world) : IRunJournal
{
    private readonly StoreWatch _watch = new(store, world);
    private readonly List<Action> _waiting = [];
    private bool _scheduled;

    public Task<AppendResult> AppendAsync(JournalBatch batch) => HandIn(() => _watch.Append(batch));

    public async Task<StoredRun?> TakeAsync(string runId, string owner, CancellationToken cancel) => await HandIn(() => _watch.Take(runId, owner));

    public Task<AdmissionResult> AdmitAsync(Admission admission) => HandIn(() => _watch.Admit(admission));

    public async Task<StoredRun?> ReadAsync(string runId, long afterSeq, CancellationToken cancel)
    {
        await ReadingAsync();
        return process.IsAlive ? await store.ReadAsync(runId, afterSeq, cancel) : await SimProcess.Never<StoredRun?>();
    }

    public async ValueTask<string?> WhyNotActAsync(string runId, long epoch, string connector, string playbook)
    {
        // The answer is of the moment in which the process gets it: what remains between it and the call is no longer than this.
        await ReadingAsync();
        return process.IsAlive ? await store.WhyNotActAsync(runId, epoch, connector, playbook) : await SimProcess.Never<string?>();
    }

    public async ValueTask<IReadOnlyList<QuotaUse>> UsedUpAsync(IReadOnlyList<QuotaUse> quotas, string runId, string path, DateTimeOffset now)
    {
        await ReadingAsync();
        return process.IsAlive ? await store.UsedUpAsync(quotas, runId, path, now) : await SimProcess.Never<IReadOnlyList<QuotaUse>>();
    }

    /// <summary>Other work for the writer: a loop's failure to note.</summary>
    public Task<T> HandIn<T>(Func<T> work)
    {
        if (!process.IsAlive)
        {
            return SimProcess.Never<T>();
        }

        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(() =>
        {
            var result = work();
            world.Agenda.In(world.Net.Ack(), () =>
            {
                if (process.IsAlive)
                {
                    answer.TrySetResult(result);
                }
            });
        });
        Schedule(world.Net.Commit());
        return answer.Task;
    }

    private void Schedule(TimeSpan wait)
    {
        if (_scheduled)
        {
            return;
        }

        _scheduled = true;
        world.Agenda.In(wait, () => process.Post(_ => Commit(), null));
    }

    private void Commit()
    {
        _scheduled = false;
        if (world.DiskIsFull)
        {
            // Not a fence: what waits is kept and tried again.
            Schedule(TimeSpan.FromMilliseconds(500));
            return;
        }

        world.Pass(process, Boundary.BeforeCommit);
        if (!process.IsAlive)
        {
            return;
        }

        var group = _waiting.ToList();
        _waiting.Clear();
        foreach (var work in group)
        {
            work();
        }

        world.Pass(process, Boundary.AfterCommit);
    }

    private async Task ReadingAsync()
    {
        if (!process.IsAlive)
        {
            await SimProcess.Never<bool>();
        }

        await process.PassAsync(world.Net.Read());
    }
}
