using Microsoft.Extensions.Logging;
using Responder.Engine.Host;
using Responder.Hosting.Audit;
using Responder.Hosting.Catalog;
using Responder.Hosting.Containment;
using Responder.Hosting.Errands;
using Responder.Hosting.Feeds;
using Responder.Hosting.Intake;
using Responder.Hosting.Retention;
using Responder.Hosting.Schedules;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Hosting;

/// <summary>What a serving node does by itself: fetches alerts, starts scheduled playbooks, does errands, sees to the ends of leases, offers the undo of runs that found nothing bad, keeps the audit, archives what ended long ago. The clock is started when there is something to schedule.</summary>
public sealed partial class NodeWork : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastHeads = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ResponderNode _node;
    private readonly PlaybookCatalog _catalog;
    private readonly PlaybookSchedules _schedules;
    private readonly ErrandRunner _errands;
    private readonly LeaseKeeper _leases;
    private readonly UndoOffers _offers;
    private readonly AnchorKeeper _anchors;
    private readonly ChangeNotes _changes;
    private readonly ArchiveKeeper _archive;
    private readonly IReadOnlyList<FeedPoller> _feeds;
    private readonly IReadOnlyList<FeedSettings> _every;
    private readonly ILogger _log;
    private Clock? _clock;
    private bool _archives;
    private bool _stopped;
    private Task _loop = Task.CompletedTask;

    /// <summary>Joins it; <see cref="Start"/> begins.</summary>
    /// <param name="node">The node.</param>
    /// <param name="catalog">The playbooks.</param>
    /// <param name="intake">Where alerts go.</param>
    /// <param name="feeds">The connections whose alerts are fetched.</param>
    /// <param name="pages">Where the pages are served; null where they are not.</param>
    /// <param name="room">False where there is no room for more alerts just now.</param>
    /// <param name="logs">For messages.</param>
    /// <param name="audit">How the audit is kept.</param>
    /// <param name="retention">What becomes of runs that ended.</param>
    /// <param name="oneOfMany">True where other nodes work on the same store: then one of them fetches alerts.</param>
    /// <exception cref="SettingsException">A feed names a connection that has none.</exception>
    public NodeWork(
        ResponderNode node, PlaybookCatalog catalog, AlertIntake intake, IReadOnlyList<FeedSettings> feeds, string? pages, Func<bool> room, ILoggerFactory logs, AuditSettings audit,
        RetentionSettings retention, bool oneOfMany)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(feeds);
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(retention);
        (_node, _catalog, _every, _log) = (node, catalog, feeds, logs.CreateLogger("Responder.Work"));
        _schedules = new PlaybookSchedules(node, catalog, pages, logs.CreateLogger("Responder.Schedules"));
        _leases = new LeaseKeeper(node.Services, node.Starter, pages);
        _offers = new UndoOffers(node, pages, logs.CreateLogger("Responder.Undo"));
        _errands = new ErrandRunner(node.Store.Errands, [new RestHandler(node, intake), new NewsHandler(node)], node.Services.Time, logs.CreateLogger("Responder.Errands"));
        _anchors = new AnchorKeeper(
            node.Store.Audit, audit.Anchor is { } anchor ? AuditTarget.Open(anchor, "Audit:Anchor", audit.AnchorToken, node.Services.Time) : null, node.Services.Time, logs.CreateLogger("Responder.Audit"));
        _changes = new ChangeNotes(node.Store.Audit, node.Store.Settings);
        _archive = new ArchiveKeeper(node.Store.Archive, retention, node.Services.Time, logs.CreateLogger("Responder.Archive"));
        _feeds = [.. feeds.Select(one => new FeedPoller(
            one,
            node.Connections.ServiceOf<IAlertFeed>(one.Connection) ?? throw new SettingsException($"Feeds:{one.Connection}", "names no connection whose alerts can be fetched."),
            intake, node.Store.Settings, room, node.Services.Time, logs.CreateLogger("Responder.Feeds"), oneOfMany ? node.Services.Owner : null))];
    }

    /// <summary>How the feeds stand.</summary>
    public IReadOnlyList<FeedStatus> Feeds => [.. _feeds.Select(feed => feed.Status)];

    /// <summary>Begins; returns at once.</summary>
    public void Start() => _loop = Task.WhenAll(
        Task.Run(() => RunAsync(OnceAsync, FeedsAsync)),
        // On its own: where heads are kept apart may not answer for a while, and leases and errands must not wait for it.
        Task.Run(() => RunAsync(cancel => GuardedAsync(() => _anchors.OnceAsync(cancel), cancel))));

    /// <summary>Ends it; waits for what is under way. To end it again changes nothing.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        if (Interlocked.Exchange(ref _clock, null) is { } clock)
        {
            await clock.DisposeAsync();
        }

        if (!_stopped)
        {
            _stopped = true;

            // On a disk that takes nothing the heads are not waited for: the next start sends them.
            using var limit = new CancellationTokenSource(LastHeads, _node.Services.Time);
            await GuardedAsync(() => _anchors.OnceAsync(limit.Token, now: true), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _anchors.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> work, Func<CancellationToken, Task>? first = null)
    {
        var cancel = _stopping.Token;
        using var timer = new PeriodicTimer(LookEvery, _node.Services.Time);
        try
        {
            await (first?.Invoke(cancel) ?? Task.CompletedTask);
            do
            {
                await work(cancel);
            }
            while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task OnceAsync(CancellationToken cancel)
    {
        await GuardedAsync(() => SchedulesAsync(cancel), cancel);
        await GuardedAsync(() => ArchiveAsync(cancel), cancel);
        await GuardedAsync(() => _errands.OnceAsync(cancel), cancel);
        await GuardedAsync(() => _leases.OnceAsync(cancel), cancel);
        await GuardedAsync(() => _offers.OnceAsync(cancel), cancel);
        await GuardedAsync(() => _changes.LookAsync(_catalog.Current, _node.Services.Policy.Version, cancel), cancel);
    }

    private async Task SchedulesAsync(CancellationToken cancel)
    {
        if (_clock is not null || _catalog.Current.Library.Playbooks.Values.Any(one => one.On.Schedule is not null))
        {
            await _schedules.SyncAsync(await ClockAsync(cancel));
        }
    }

    private async Task ArchiveAsync(CancellationToken cancel)
    {
        if (!_archives && _archive.IsDue)
        {
            await (await ClockAsync(cancel)).EveryAsync("archive", ArchiveKeeper.Every, async (_, stop) =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _stopping.Token);
                try
                {
                    await _archive.OnceAsync(either.Token);
                }
                catch (OperationCanceledException) when (either.IsCancellationRequested)
                {
                    // The end; what is left is done by the next round.
                }
            });
            _archives = true;
        }
    }

    // One that fails keeps no other from its turn.
    private async Task GuardedAsync(Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            Failed(_log, failure);
        }
    }

    private async Task FeedsAsync(CancellationToken cancel)
    {
        foreach (var (settings, feed) in _every.Zip(_feeds))
        {
            await (await ClockAsync(cancel)).EveryAsync($"feed/{settings.Connection}", settings.Every, (_, stop) => feed.OnceAsync(stop));
        }
    }

    private async Task<Clock> ClockAsync(CancellationToken cancel) => _clock ??= await Clock.StartAsync(_node.Services.Time, _log, cancel);

    [LoggerMessage(1561, LogLevel.Error, "The node's own work failed; it goes on in two seconds")]
    private static partial void Failed(ILogger log, Exception exception);
}
