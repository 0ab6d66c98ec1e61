using Responder.Engine.Journal;
using Responder.Storage.Sqlite;

namespace Responder.Storage.Tests;

/// <summary>How the one writer groups, and what its connection is set to.</summary>
public sealed class WriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_is_on_disk_when_it_returns()
    {
        var (synchronous, mode, checkpoint) = ("", "", "");
        var hooks = new WriterHooks
        {
            Beginning = db => (synchronous, mode, checkpoint) = (Pragma(db, "synchronous"), Pragma(db, "journal_mode"), Pragma(db, "wal_autocheckpoint")),
        };
        await using var bench = await SqliteBench.OpenAsync(new SqliteStoreOptions { Hooks = hooks });

        await StartAsync(bench, "r1");

        Assert.Equal(("2", "wal", "0"), (synchronous, mode, checkpoint));
    }

    [Fact]
    public async Task What_is_handed_in_while_a_commit_runs_goes_into_the_next_one_together()
    {
        var stop = new Stop();
        await using var bench = await SqliteBench.OpenAsync(new SqliteStoreOptions { Hooks = stop.Hooks });
        var runs = Enumerable.Range(0, 50).Select(index => $"r{index:00}").ToList();
        await Task.WhenAll(runs.Select(run => StartAsync(bench, run)));

        await stop.DuringACommitAsync(() => StartAsync(bench, "held"));
        var before = stop.Transactions;
        var appends = runs.SelectMany(run => new[] { Make.Batch(run, 1, 1), Make.Batch(run, 2, 1) }).Select(bench.Store.Journal.AppendAsync).ToList();
        stop.GoOn();
        var results = await Task.WhenAll(appends);

        Assert.All(results, result => Assert.Equal(AppendStatus.Committed, result.Status));
        Assert.Equal(2, stop.Transactions - before); // the one that was held, and one for all
    }

    [Fact]
    public async Task In_a_group_with_a_batch_that_cannot_be_stored_only_that_run_fails()
    {
        var stop = new Stop();
        await using var bench = await SqliteBench.OpenAsync(new SqliteStoreOptions { Hooks = stop.Hooks });
        await Task.WhenAll(new[] { "r1", "r2", "r3" }.Select(run => StartAsync(bench, run)));
        await bench.Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, changes: new ApprovalOpened(Make.Approval("g1", "r1"))));

        await stop.DuringACommitAsync(() => StartAsync(bench, "held"));
        var appends = new[]
        {
            Make.Batch("r1", 2, 1, guard: Make.Guard("steps[0]", "host:a")),
            Make.Batch("r2", 1, 1, events: 3, guard: Make.Guard("steps[0]", "host:b"), changes: new ApprovalOpened(Make.Approval("g1", "r2"))),
            Make.Batch("r2", 4, 1),
            Make.Batch("r3", 1, 1, guard: Make.Guard("steps[0]", "host:b")),
            Make.Batch("r1", 3, 1),
        }.Select(bench.Store.Journal.AppendAsync).ToList();
        stop.GoOn();

        Assert.Equal(
            [AppendStatus.Committed, AppendStatus.Faulty, AppendStatus.Fenced, AppendStatus.Committed, AppendStatus.Committed],
            (await Task.WhenAll(appends)).Select(result => result.Status));
        Assert.Single((await bench.Store.Journal.ReadAsync("r2", 0, Cancel))!.Events);
        Assert.True(bench.Store.Health.CanWrite);
    }

    [Fact]
    public async Task A_reader_sees_one_state_and_holds_up_no_commit()
    {
        await using var bench = await SqliteBench.OpenAsync();
        await StartAsync(bench, "r1");
        using var reader = Db.OpenReader(bench.Folder.File("responder.db"));
        reader.BeginRead();
        var before = Pragma(reader, "data_version") + Count(reader);

        Assert.Equal(AppendStatus.Committed, (await bench.Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, events: 500))).Status);

        Assert.Equal(before, Pragma(reader, "data_version") + Count(reader));
        reader.Rollback();
        Assert.Equal("501", Count(reader));
    }

    [Fact]
    public async Task Closing_writes_what_was_handed_in()
    {
        await using var bench = await SqliteBench.OpenAsync();
        await StartAsync(bench, "r1");

        var appends = Enumerable.Range(1, 200).Select(seq => bench.Store.Journal.AppendAsync(Make.Batch("r1", seq, 1))).ToList();
        await bench.ReopenAsync();

        Assert.All(await Task.WhenAll(appends), result => Assert.Equal(AppendStatus.Committed, result.Status));
        Assert.Equal(201, (await bench.Store.Journal.ReadAsync("r1", 0, Cancel))!.LastSeq);
    }

    [Fact]
    public async Task What_is_handed_to_a_closed_store_is_refused()
    {
        var bench = await SqliteBench.OpenAsync();
        var journal = bench.Store.Journal;
        await bench.DisposeAsync();

        await Assert.ThrowsAsync<StoreClosedException>(() => journal.AppendAsync(Make.Batch("r1", 1, 1)));
    }

    [Fact]
    public async Task The_log_is_moved_into_the_database_as_it_grows()
    {
        await using var bench = await SqliteBench.OpenAsync();
        await StartAsync(bench, "r1");
        var text = new string('x', 200_000);

        for (var seq = 1; seq <= 200; seq++)
        {
            await bench.Store.Journal.AppendAsync(Make.Batch("r1", seq, 1) with { Events = [Make.Event(seq + 1, text)] });
        }

        // 40 MB were written; the log holds at most what is written between two checkpoints.
        Assert.InRange(new FileInfo(bench.Folder.File("responder.db-wal")).Length, 1, 20_000_000);
        Assert.True(new FileInfo(bench.Folder.File("responder.db")).Length > 20_000_000);
    }

    private static Task<AdmissionResult> StartAsync(SqliteBench bench, string run) => bench.Store.Journal.AdmitAsync(new Admission(null, [Make.Run(run)]));

    private static string Count(Db db) => Scalar(db, "SELECT count(*) FROM run_events");

    private static string Pragma(Db db, string name) => Scalar(db, $"PRAGMA {name}");

    private static string Scalar(Db db, string sql)
    {
        using var command = db.Connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    /// <summary>Stops the writer in the middle of a commit.</summary>
    private sealed class Stop
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new();
        private volatile bool _armed;

        public int Transactions { get; private set; }

        public WriterHooks Hooks => new()
        {
            Committing = _ =>
            {
                if (_armed)
                {
                    _armed = false;
                    _reached.SetResult();
                    _goOn.Task.Wait();
                }
            },
            Committed = _ => Transactions++,
        };

        /// <summary>Returns when the writer stands in the commit of what is handed in.</summary>
        public Task DuringACommitAsync(Func<Task<AdmissionResult>> handIn)
        {
            _armed = true;
            _ = handIn();
            return _reached.Task;
        }

        public void GoOn() => _goOn.SetResult();
    }
}
