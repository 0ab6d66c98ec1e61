using Responder.Engine.Access;
using Responder.Engine.Alerts;
using Responder.Engine.Approvals;
using Responder.Engine.Audit;
using Responder.Engine.Journal;
using Responder.Storage;

namespace Responder.Web.Tests.Bench;

/// <summary>A store whose disk can be full: what is to be admitted waits, as the writer's queue does, until there is room.</summary>
internal sealed class StallingStore(IStore inner) : IStore, IRunJournal
{
    private TaskCompletionSource _room = Done();

    public StoreHealth Health { get; private set; } = StoreHealth.Ok;

    public IRunJournal Journal => this;

    public IDefinitions Definitions => inner.Definitions;

    public IArtifacts Artifacts => inner.Artifacts;

    public IEventInbox Inbox => inner.Inbox;

    public IKillSwitch KillSwitch => inner.KillSwitch;

    public IRunQueries Queries => inner.Queries;

    public IApiKeys ApiKeys => inner.ApiKeys;

    public IUsers Users => inner.Users;

    public IOverview Overview => inner.Overview;

    public IPlaybookTexts PlaybookTexts => inner.PlaybookTexts;

    public IWindowStore Windows => inner.Windows;

    public IErrands Errands => inner.Errands;

    public IDelegations Delegations => inner.Delegations;

    public IStoredSettings Settings => inner.Settings;

    public IUpkeep Upkeep => inner.Upkeep;

    public IAuditLog Audit => inner.Audit;

    public IRunArchive Archive => inner.Archive;

    public ICommitFeed Feed => inner.Feed;

    /// <summary>From here on nothing is written; it is noticed when the first write fails.</summary>
    public void Fill() => _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void MakeRoom()
    {
        Health = StoreHealth.Ok;
        _room.SetResult();
    }

    public async Task<AdmissionResult> AdmitAsync(Admission admission)
    {
        if (!_room.Task.IsCompleted)
        {
            Health = new StoreHealth(false, DateTimeOffset.UnixEpoch, "The disk under 'responder.db' is full.");
        }

        await _room.Task;
        return await inner.Journal.AdmitAsync(admission);
    }

    /// <summary>Told of each batch before it is written.</summary>
    public Action<JournalBatch>? Appending { get; set; }

    public Task<AppendResult> AppendAsync(JournalBatch batch)
    {
        Appending?.Invoke(batch);
        return inner.Journal.AppendAsync(batch);
    }

    public Task<StoredRun?> TakeAsync(string runId, string owner, CancellationToken cancel) => inner.Journal.TakeAsync(runId, owner, cancel);

    public Task<StoredRun?> ReadAsync(string runId, long afterSeq, CancellationToken cancel) => inner.Journal.ReadAsync(runId, afterSeq, cancel);

    public ValueTask<string?> WhyNotActAsync(string runId, long epoch, string connector, string playbook) => inner.Journal.WhyNotActAsync(runId, epoch, connector, playbook);

    public ValueTask<IReadOnlyList<QuotaUse>> UsedUpAsync(IReadOnlyList<QuotaUse> quotas, string runId, string path, DateTimeOffset now) =>
        inner.Journal.UsedUpAsync(quotas, runId, path, now);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
