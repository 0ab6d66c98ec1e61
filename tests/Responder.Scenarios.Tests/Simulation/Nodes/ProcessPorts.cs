using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Nodes;

/// <summary>The inbox as a process sees it.</summary>
internal sealed class ProcessInbox(IEventInbox store, SimProcess process, World world) : IEventInbox
{
    public Task<IReadOnlyList<string>> PutAsync(InboxEvent entry, CancellationToken cancel) => store.PutAsync(entry, cancel);

    public async Task<IReadOnlyList<InboxEvent>> ReadAsync(string name, DateTimeOffset since, CancellationToken cancel)
    {
        await process.PassAsync(world.Net.Read());
        return await store.ReadAsync(name, since, cancel);
    }
}

/// <summary>What the sweep asks, as a process sees it: who is alive is what the membership says, which learns of a death late.</summary>
internal sealed class ProcessQueries(IRunQueries store, ProcessJournal journal, SimProcess process, World world) : IRunQueries
{
    public async Task<IReadOnlyList<string>> DueAsync(DateTimeOffset now, IReadOnlyCollection<string> liveOwners, int limit, CancellationToken cancel)
    {
        await process.PassAsync(world.Net.Read());
        return world.Mutant.Due(await store.DueAsync(now, world.Members(process), limit, cancel));
    }

    public Task<int> NoteLoopFailureAsync(string runId, string reason, IReadOnlyList<TimeSpan> retryAfter, DateTimeOffset now, CancellationToken cancel)
    {
        world.LoopFailed(runId, reason);
        return journal.HandIn(() => store.NoteLoopFailureAsync(runId, reason, retryAfter, now, CancellationToken.None).GetAwaiter().GetResult());
    }

    public Task<Page<RunListItem>> ListAsync(RunFilter filter, CancellationToken cancel) => store.ListAsync(filter, cancel);

    public Task<RunListItem?> FindAsync(string runId, CancellationToken cancel) => store.FindAsync(runId, cancel);

    public Task<Page<ApprovalRow>> ApprovalsAsync(string? status, string? runId, int limit, string? cursor, CancellationToken cancel) =>
        store.ApprovalsAsync(status, runId, limit, cursor, cancel);

    public Task<ApprovalRow?> ApprovalAsync(string id, CancellationToken cancel) => store.ApprovalAsync(id, cancel);

    public Task<Page<AlertRow>> AlertsAsync(AlertFilter filter, CancellationToken cancel) => store.AlertsAsync(filter, cancel);

    public Task<AlertRow?> AlertAsync(string id, CancellationToken cancel) => store.AlertAsync(id, cancel);

    public Task<IReadOnlyList<EffectRow>> InFlightAsync(CancellationToken cancel) => store.InFlightAsync(cancel);

    public async Task<IReadOnlyList<EffectRow>> EffectsAsync(string? runId, CancellationToken cancel)
    {
        await process.PassAsync(world.Net.Read());
        var rows = await store.EffectsAsync(runId, cancel);
        return runId is null ? world.Mutant.InForce(rows) : rows;
    }
}
