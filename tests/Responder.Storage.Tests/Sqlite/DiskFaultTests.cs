using Microsoft.Data.Sqlite;
using Responder.Engine.Journal;
using Responder.Storage.Sqlite;

namespace Responder.Storage.Tests;

/// <summary>A disk that is full, slow to come back, or lies: nothing is lost, nothing is done twice, nobody is fenced by it.</summary>
public sealed class DiskFaultTests
{
    private const int IoError = 10;
    private const int FsyncError = 1034;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_work_is_kept_and_written_when_there_is_space_again()
    {
        var pages = 0L;
        var hooks = new WriterHooks { Beginning = db => db.Script($"PRAGMA max_page_count={Volatile.Read(ref pages)}") };
        await using var bench = await SqliteBench.OpenAsync(new SqliteStoreOptions { Hooks = hooks });
        await StartAsync(bench, "r1");
        await StartAsync(bench, "r2");
        Volatile.Write(ref pages, 1); // As few as it has already: it can't grow.

        var large = Make.Batch("r1", 1, 1) with { Events = [Make.Event(2, new string('x', 500_000))] };
        var kept = bench.Store.Journal.AppendAsync(large);
        var later = bench.Store.Journal.AppendAsync(Make.Batch("r1", 2, 1));
        var other = bench.Store.Journal.AppendAsync(Make.Batch("r2", 1, 1) with { Events = [Make.Event(2, new string('y', 500_000))] });
        await UntilAsync(() => !bench.Store.Health.CanWrite);

        Assert.Contains("full", bench.Store.Health.Reason, StringComparison.Ordinal);
        Assert.Equal(bench.Time.Start, bench.Store.Health.Since);
        Assert.False(kept.IsCompleted || later.IsCompleted || other.IsCompleted);
        Assert.Equal(1, (await bench.Store.Journal.ReadAsync("r1", 0, Cancel))!.LastSeq);

        Volatile.Write(ref pages, 1_000_000);
        await PumpAsync(bench, Task.WhenAll(kept, later, other));

        Assert.All(await Task.WhenAll(kept, later, other), result => Assert.Equal(AppendStatus.Committed, result.Status));
        Assert.Equal(3, (await bench.Store.Journal.ReadAsync("r1", 0, Cancel))!.LastSeq);
        Assert.Equal(StoreHealth.Ok, bench.Store.Health);
    }

    [Fact]
    public async Task A_commit_that_failed_before_it_was_made_is_made_again()
    {
        var fault = new Fault();
        await using var bench = await SqliteBench.OpenAsync(new SqliteStoreOptions { Hooks = new WriterHooks { Committing = _ => fault.Strike() } });
        await StartAsync(bench, "r1");

        fault.Arm(IoError, IoError);
        var append = bench.Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, events: 2));
        await PumpAsync(bench, append);

        Assert.Equal((AppendStatus.Committed, 1), ((await append).Status, fault.Struck));
        Assert.Equal(3, (await bench.Store.Journal.ReadAsync("r1", 0, Cancel))!.Events.Count);
    }

    [Fact]
    public async Task A_commit_of_unknown_fate_is_read_back_and_not_made_twice()
    {
        var fault = new Fault();
        await using var bench = await SqliteBench.OpenAsync(new SqliteStoreOptions { Hooks = new WriterHooks { Committed = _ => fault.Strike() } });
        await StartAsync(bench, "r1");

        fault.Arm(IoError, IoError);
        var append = bench.Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, events: 2, guard: Make.Guard("steps[0]", "host:a")));
        await PumpAsync(bench, append);
        fault.Arm(IoError, IoError);
        var admitted = bench.Store.Journal.AdmitAsync(new Admission(Make.Alert("a1", "sysmon|1"), [Make.Run("r2")]));
        await PumpAsync(bench, admitted);
        fault.Arm(IoError, IoError);
        var byHand = bench.Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r3")]));
        await PumpAsync(bench, byHand);

        Assert.Equal((AppendStatus.Committed, 3), ((await append).Status, fault.Struck));
        Assert.Equal((false, "started"), ((await admitted).Duplicate, (await admitted).Runs[0].Status));
        Assert.Equal("started", (await byHand).Runs[0].Status);
        Assert.Equal([1, 2, 3], (await bench.Store.Journal.ReadAsync("r1", 0, Cancel))!.Events.Select(entry => entry.Seq));
    }

    [Fact]
    public async Task A_commit_of_unknown_fate_is_known_again_though_a_run_was_moved_on_and_taken_in_it()
    {
        var fault = new Fault();
        var gate = new TaskCompletionSource();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hooks = new WriterHooks
        {
            Beginning = _ => reached.TrySetResult(),
            Committing = _ => gate.Task.Wait(),
            Committed = _ => fault.Strike(),
        };
        await using var bench = await SqliteBench.OpenAsync(new SqliteStoreOptions { Hooks = hooks });
        var admitted = StartAsync(bench, "r1");
        await reached.Task.WaitAsync(Cancel);

        // All of this gathers behind the first commit; that one's fate is unknown, and then this one's.
        fault.Arm(IoError, IoError, times: 2);
        var appends = Enumerable.Range(1, 3).Select(seq => bench.Store.Journal.AppendAsync(Make.Batch("r1", seq, 1))).ToList();
        var taken = bench.Store.Journal.TakeAsync("r1", "node-2", Cancel);
        gate.SetResult();
        await PumpAsync(bench, Task.WhenAll([admitted, taken, .. appends]));

        Assert.Equal(2, fault.Struck);
        Assert.All(await Task.WhenAll(appends), result => Assert.Equal(AppendStatus.Committed, result.Status));
        Assert.Equal((2, 4), ((await taken)!.Epoch, (await taken)!.LastSeq));
    }

    [Fact]
    public async Task After_an_fsync_error_the_program_ends_and_nothing_more_is_written()
    {
        var fault = new Fault();
        var said = new TaskCompletionSource<string>();
        await using var bench = await SqliteBench.OpenAsync(new SqliteStoreOptions
        {
            Hooks = new WriterHooks { Committing = _ => fault.Strike() },
            FailFast = reason => said.TrySetResult(reason),
        });
        await StartAsync(bench, "r1");

        fault.Arm(IoError, FsyncError);
        var append = bench.Store.Journal.AppendAsync(Make.Batch("r1", 1, 1));

        Assert.Contains("responder.db", await said.Task.WaitAsync(Cancel), StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreClosedException>(() => append);
        await Assert.ThrowsAsync<StoreClosedException>(() => bench.Store.Journal.AppendAsync(Make.Batch("r1", 1, 1)));
        Assert.False(bench.Store.Health.CanWrite);
    }

    [Fact]
    public async Task A_database_that_another_program_has_locked_is_waited_for()
    {
        await using var bench = await SqliteBench.OpenAsync();
        await StartAsync(bench, "r1");
        using var other = Db.OpenWriter(bench.Folder.File("responder.db"));
        other.Begin();

        var append = bench.Store.Journal.AppendAsync(Make.Batch("r1", 1, 1));
        await UntilAsync(() => !bench.Store.Health.CanWrite);
        Assert.Contains("Another program", bench.Store.Health.Reason, StringComparison.Ordinal);
        other.Rollback();
        await PumpAsync(bench, append);

        Assert.Equal(AppendStatus.Committed, (await append).Status);
    }

    [Fact]
    public async Task A_store_that_is_closed_while_it_cannot_write_says_so_to_those_who_wait()
    {
        var fault = new Fault();
        var bench = await SqliteBench.OpenAsync(new SqliteStoreOptions { Hooks = new WriterHooks { Committing = _ => fault.Strike() } });
        await StartAsync(bench, "r1");
        fault.Arm(IoError, IoError, times: int.MaxValue);
        var append = bench.Store.Journal.AppendAsync(Make.Batch("r1", 1, 1));
        await UntilAsync(() => !bench.Store.Health.CanWrite);

        await bench.DisposeAsync();

        await Assert.ThrowsAsync<StoreClosedException>(() => append);
    }

    private static Task<AdmissionResult> StartAsync(SqliteBench bench, string run) => bench.Store.Journal.AdmitAsync(new Admission(null, [Make.Run(run)]));

    /// <summary>Lets the clock run until the writer's pauses are over.</summary>
    private static async Task PumpAsync(SqliteBench bench, Task task)
    {
        while (!task.IsCompleted)
        {
            Cancel.ThrowIfCancellationRequested();
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Throws as SQLite would, a number of times.</summary>
    private sealed class Fault
    {
        private int _left;
        private (int Code, int Extended) _error;

        public int Struck { get; private set; }

        public void Arm(int code, int extended, int times = 1)
        {
            _error = (code, extended);
            Volatile.Write(ref _left, times);
        }

        public void Strike()
        {
            if (Volatile.Read(ref _left) > 0)
            {
                _left--;
                Struck++;
                throw new SqliteException("disk I/O error", _error.Code, _error.Extended);
            }
        }
    }
}
