using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>Several nodes on one database, each with a writer of its own: what holds in one holds over all.</summary>
public sealed class SeveralNodesTests(PostgresServer server) : IAsyncLifetime
{
    private readonly List<IStore> _nodes = [];
    private PostgresBench _bench = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await PostgresBench.OpenAsync(server);
        _nodes.Add(_bench.Store);
        _nodes.Add(await _bench.OpenAnotherAsync());
        _nodes.Add(await _bench.OpenAnotherAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Nodes_that_start_together_on_an_empty_database_make_its_schema_once()
    {
        var options = new PostgresStoreOptions { ConnectionString = await server.DatabaseAsync(), AuditKey = Audit.AuditKey.New() };
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => PostgresStore.OpenAsync(options, _bench.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Cancel))));

        await stores[3].Journal.AdmitAsync(new Admission(null, [Make.Run("r1")]));
        Assert.NotNull(await stores[0].Queries.FindAsync("r1", Cancel));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Of_a_delivery_a_dedupe_key_and_a_slot_that_all_nodes_want_at_once_one_gets_each()
    {
        for (var round = 0; round < 15; round++)
        {
            var same = await Task.WhenAll(Each((node, index) => node.Journal.AdmitAsync(new Admission(
                Make.Alert($"a{round}-{index}", $"sysmon|{round}"), [Make.Run($"d{round}-{index}") with { AlertId = $"a{round}-{index}" }]))));
            Assert.Equal(1, same.Count(result => !result.Duplicate));
            Assert.Single(same.Select(result => result.Runs[0].RunId).Distinct());

            var keyed = await Task.WhenAll(Each((node, index) => node.Journal.AdmitAsync(new Admission(
                null, [Make.Run($"k{round}-{index}") with { DedupeKey = $"key{round}", DedupeWindow = TimeSpan.FromHours(1) }]))));
            Assert.Equal(1, keyed.Count(result => result.Runs[0].Status == "started"));
            Assert.Single(keyed.Select(result => result.Runs[0].RunId).Distinct());

            var slots = await Task.WhenAll(Each((node, index) => node.Journal.AdmitAsync(new Admission(null, [Make.Run($"s{round}-{index}") with { ConcurrencyKey = $"slot{round}" }]))));
            Assert.Equal(1, slots.Count(result => result.Runs[0].Status == "started"));
            Assert.Equal(5, slots.Count(result => result.Runs[0].Status == "queued"));
        }
    }

    [Fact]
    public async Task A_slot_is_handed_on_over_all_nodes_and_nobody_is_left_in_the_queue()
    {
        // Runs queue up on some nodes while others give the slot back.
        var started = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var ended = 0;
        var work = Each(async (node, index) =>
        {
            for (var number = 0; number < 20; number++)
            {
                var admitted = (await node.Journal.AdmitAsync(new Admission(null, [Make.Run($"r{index}-{number:00}") with { ConcurrencyKey = "slot" }]))).Runs[0];
                if (admitted.Status == "started")
                {
                    started.Enqueue(admitted.RunId);
                }

                while (started.TryDequeue(out var run))
                {
                    var taken = (await node.Journal.TakeAsync(run, $"node-{index}", Cancel))!;
                    var result = await node.Journal.AppendAsync(Make.Batch(run, taken.LastSeq, taken.Epoch, row: Make.Ended));
                    Assert.Equal(AppendStatus.Committed, result.Status);
                    Interlocked.Increment(ref ended);
                    foreach (var next in result.Started ?? [])
                    {
                        started.Enqueue(next);
                    }
                }
            }
        });
        await Task.WhenAll(work);
        while (started.TryDequeue(out var run))
        {
            var taken = (await _nodes[0].Journal.TakeAsync(run, "node-0", Cancel))!;
            var result = await _nodes[0].Journal.AppendAsync(Make.Batch(run, taken.LastSeq, taken.Epoch, row: Make.Ended));
            ended++;
            foreach (var next in result.Started ?? [])
            {
                started.Enqueue(next);
            }
        }

        Assert.Equal(120, ended);
        Assert.Empty((await _nodes[0].Queries.ListAsync(new RunFilter(RunStatus.Queued), Cancel)).Items);
    }

    [Fact]
    public async Task From_the_switchs_commit_on_no_intent_commits_on_any_node()
    {
        var runs = Enumerable.Range(0, 18).Select(index => $"r{index:00}").ToList();
        await Task.WhenAll(runs.Select(run => _nodes[0].Journal.AdmitAsync(new Admission(null, [Make.Run(run)]))));
        var (thrown, late) = (0, 0);
        var first = new TaskCompletionSource();
        var writers = runs.Select((run, index) => Task.Run(async () =>
        {
            for (var seq = 1; ; seq++)
            {
                var wasThrown = Volatile.Read(ref thrown) == 1;
                var result = await _nodes[index % 3].Journal.AppendAsync(Make.Batch(run, seq, 1, guard: Make.Guard($"steps[{seq}]")));
                first.TrySetResult();
                if (result.Status == AppendStatus.Switched)
                {
                    return;
                }

                Interlocked.Add(ref late, wasThrown ? 1 : 0);
            }
        })).ToList();

        await first.Task;
        await _nodes[2].KillSwitch.SetAsync(new KillSwitchRow("all", "", "mlee", "stop", Make.T0), on: true, Cancel);
        Volatile.Write(ref thrown, 1);
        var before = await LastSeqsAsync(runs);
        await Task.WhenAll(writers);

        Assert.Equal(0, late);
        Assert.Equal(before, await LastSeqsAsync(runs));
    }

    [Fact]
    public async Task A_target_is_one_runs_over_all_nodes()
    {
        var runs = Enumerable.Range(0, 6).Select(index => $"r{index}").ToList();
        await Task.WhenAll(runs.Select(run => _nodes[0].Journal.AdmitAsync(new Admission(null, [Make.Run(run)]))));

        var results = await Task.WhenAll(Each((node, index) => node.Journal.AppendAsync(
            Make.Batch($"r{index}", 1, 1, guard: Make.Guard("steps[0]", index % 2 == 0 ? ["host:a", "host:b"] : ["host:b", "host:a"])))));

        Assert.Equal(1, results.Count(result => result.Status == AppendStatus.Committed));
        Assert.Equal(5, results.Count(result => result.Status == AppendStatus.Locked));
    }

    [Fact]
    public async Task A_quota_is_counted_over_all_nodes_also_where_they_name_several_in_another_order()
    {
        var runs = Enumerable.Range(0, 60).Select(index => $"r{index:00}").ToList();
        await Task.WhenAll(runs.Select(run => _nodes[0].Journal.AdmitAsync(new Admission(null, [Make.Run(run)]))));
        QuotaUse[] quotas = [new("a", "a", 8, TimeSpan.FromHours(1), ["lead"]), new("b", "b", 20, TimeSpan.FromHours(1), ["lead"])];

        var results = await Task.WhenAll(runs.Select((run, index) => Task.Run(() => _nodes[index % 3].Journal.AppendAsync(
            Make.Batch(run, 1, 1, guard: Make.Guard($"steps[{index}]") with { Quotas = index % 2 == 0 ? quotas : [quotas[1], quotas[0]] })))));

        Assert.Equal(8, results.Count(result => result.Status == AppendStatus.Committed));
        Assert.Equal(52, results.Count(result => result.Status == AppendStatus.OverQuota));
    }

    [Fact]
    public async Task An_event_wakes_a_run_that_begins_to_wait_on_another_node_in_the_same_moment()
    {
        for (var round = 0; round < 20; round++)
        {
            var run = $"r{round}";
            await _nodes[0].Journal.AdmitAsync(new Admission(null, [Make.Run(run)]));
            var waits = _nodes[0].Journal.AppendAsync(Make.Batch(run, 1, 1, row: Make.Waits, changes: new AwaitedEvents([$"patched{round}"])));
            var put = _nodes[1].Inbox.PutAsync(
                new InboxEvent($"e{round}", $"patched{round}", _bench.Time.GetUtcNow(), System.Text.Json.JsonSerializer.SerializeToElement(1)), Cancel);
            await Task.WhenAll(waits, put);

            Assert.Contains(run, await _nodes[2].Queries.DueAsync(_bench.Time.GetUtcNow(), ["node-1"], 1000, Cancel));
        }
    }

    [Fact]
    public async Task Whoever_follows_a_run_hears_of_commits_on_another_node()
    {
        using var feed = _nodes[1].Feed.Follow("r1");
        await using var notices = feed.ReadAllAsync(Cancel).GetAsyncEnumerator(Cancel);
        await _nodes[0].Journal.AdmitAsync(new Admission(null, [Make.Run("r1")]));

        // A first notice may only say that the listening began.
        do
        {
            Assert.True(await notices.MoveNextAsync());
            Assert.True(notices.Current.Missed);
        }
        while (notices.Current.RunId != "r1");
    }

    private IEnumerable<Task<T>> Each<T>(Func<IStore, int, Task<T>> work) => Enumerable.Range(0, 6).Select(index => Task.Run(() => work(_nodes[index % 3], index)));

    private IEnumerable<Task> Each(Func<IStore, int, Task> work) => Enumerable.Range(0, 6).Select(index => Task.Run(() => work(_nodes[index % 3], index)));

    private async Task<long[]> LastSeqsAsync(IEnumerable<string> runs) =>
        await Task.WhenAll(runs.Select(async run => (await _nodes[0].Journal.ReadAsync(run, long.MaxValue, Cancel))!.LastSeq));
}
