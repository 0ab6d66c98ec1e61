using System.Text;
using Responder.Engine.Audit;
using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>What every store promises of the archive of finished runs' journals: it is read as if nothing had been moved, nothing is lost or moved twice, and the audit covers it.</summary>
public abstract class ArchiveContract : StoreContract
{
    private static readonly string[] OneRun = ["r1"];

    [Fact]
    public async Task A_moved_journal_is_read_to_the_byte_as_it_was_from_any_number_on()
    {
        await EndedAsync("r1", ["plain", "ü \u2028 \"quoted\"\\", new string('x', 70_000)]);
        var before = (await Store.Journal.ReadAsync("r1", 0, Cancel))!;

        var moved = await MoveAsync();
        await Bench.ReopenAsync();

        Assert.Equal((1, before.LastSeq), (moved.Runs, moved.Events));
        Assert.True(moved.JournalBytes > 70_000 && moved.ArchiveBytes < 1000, $"{moved}");
        for (var after = 0L; after <= before.LastSeq; after++)
        {
            var read = (await Store.Journal.ReadAsync("r1", after, Cancel))!;
            Assert.Equal(Text(before.Events.Where(entry => entry.Seq > after)), Text(read.Events));
            Assert.Equal((before.LastSeq, before.Row), (read.LastSeq, read.Row));
        }

        var size = await Store.Upkeep.SizeAsync(Cancel);
        Assert.Equal(new ArchiveSize(1, moved.JournalBytes, moved.ArchiveBytes), size.Archive);
        Assert.Equal("r1", Assert.Single((await Store.Queries.ListAsync(new RunFilter(), Cancel)).Items).RunId);
    }

    [Fact]
    public async Task Only_runs_that_ended_before_the_time_are_moved_and_each_once()
    {
        await EndedAsync("r1");
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("open")]));
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("waits")]));
        await Store.Journal.AppendAsync(Make.Batch("waits", 1, 1, row: Make.Waits));

        Assert.Equal(0, (await Store.Archive.MoveAsync(Make.T0, null, write: true, Cancel)).Runs);
        Assert.Equal(1, (await Store.Archive.MoveAsync(Make.T0.AddMilliseconds(1), null, write: false, Cancel)).Runs);
        Assert.Equal(1, (await MoveAsync()).Runs);
        Assert.Equal(0, (await MoveAsync()).Runs);

        Assert.Equal(1, (await Store.Upkeep.SizeAsync(Cancel)).Archive.Runs);
        Assert.Equal(2, (await Store.Journal.ReadAsync("waits", 0, Cancel))!.Events.Count);
    }

    [Theory]
    [InlineData("done", false)]
    [InlineData("already_so", false)]
    [InlineData("in_doubt", false)]
    [InlineData("undone", true)]
    public async Task A_run_that_holds_containment_in_force_stays(string status, bool isMoved)
    {
        var effect = new EffectRow("falcon", "host:1", "ws-1", "edr.isolate_host", Sdk.Effect.Contain, "r1", "steps[0]", BeforeFree: true, status, Make.T0);
        await EndedAsync("r1", changes: new EffectRecorded(effect));
        await EndedAsync("r2");

        Assert.Equal(isMoved ? 2 : 1, (await MoveAsync()).Runs);
    }

    [Fact]
    public async Task A_run_that_is_being_undone_stays_until_the_undo_is_over()
    {
        await EndedAsync("r1");
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("undo", playbook: "undo") with { ConcurrencyKey = "undo/r1" }]));

        Assert.Equal(0, (await MoveAsync()).Runs);
        await Store.Journal.AppendAsync(Make.Batch("undo", 1, 1, row: Make.Ended));
        Assert.Equal(2, (await MoveAsync()).Runs);
    }

    [Fact]
    public async Task Many_are_moved_a_few_at_a_time_and_those_that_stay_are_passed_by()
    {
        var holds = new EffectRecorded(new EffectRow("falcon", "host:1", "ws-1", "edr.isolate_host", Sdk.Effect.Contain, "r007", "steps[0]", BeforeFree: true, "done", Make.T0));
        for (var index = 0; index < 50; index++)
        {
            await EndedAsync($"r{index:000}", changes: index == 7 ? [holds] : []);
        }

        var pauses = 0;
        var first = await Store.Archive.MoveAsync(Now.AddDays(1), null, write: true, Cancel);
        var rest = await Store.Archive.MoveAllAsync(Now.AddDays(1), write: true, _ => Task.FromResult(pauses++), Cancel);

        Assert.True(first is { Runs: < 50, Next: not null });
        Assert.Equal((49, 49), (first.Runs + rest.Runs, (await Store.Upkeep.SizeAsync(Cancel)).Archive.Runs));
        Assert.True(pauses > 0);
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task Two_who_move_at_once_move_each_run_once()
    {
        for (var index = 0; index < 40; index++)
        {
            await EndedAsync($"r{index:000}");
        }

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.Archive.MoveAllAsync(Now.AddDays(1), write: true, _ => Task.CompletedTask, Cancel)));

        Assert.Equal(40, both.Sum(one => one.Runs));
        Assert.Equal(40, (await Store.Upkeep.SizeAsync(Cancel)).Archive.Runs);
        Assert.True((await Bench.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Where_one_of_them_can_not_be_moved_all_stay_whole_and_the_next_call_moves_them()
    {
        await EndedAsync("r1", ["one", "two"]);
        await EndedAsync("r2");
        IsTampered = true;
        await Bench.TamperAsync($"INSERT INTO run_archive (run_id, last_seq, journal_bytes, at, body) VALUES ('r2', 1, 1, 1, {Bytes("00")})");

        Assert.NotNull(await Record.ExceptionAsync(MoveAsync));
        Assert.Equal([1L, 2, 3], (await Store.Journal.ReadAsync("r1", 0, Cancel))!.Events.Select(entry => entry.Seq));

        await Bench.TamperAsync("DELETE FROM run_archive");
        Assert.True((await Bench.VerifyAsync()).Ok);
        Assert.Equal(2, (await MoveAsync()).Runs);
        Assert.True((await Bench.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_round_is_one_nodes_until_its_time_is_over()
    {
        Assert.True(await Store.Archive.ClaimAsync(Now, TimeSpan.FromMinutes(30), Cancel));
        Assert.False(await Store.Archive.ClaimAsync(Now.AddMinutes(29), TimeSpan.FromMinutes(30), Cancel));
        Assert.True(await Store.Archive.ClaimAsync(Now.AddMinutes(30), TimeSpan.FromMinutes(30), Cancel));
    }

    [Fact]
    public async Task Whoever_still_has_the_run_is_fenced_and_what_is_written_by_a_new_owner_is_read_after_the_archive()
    {
        await EndedAsync("r1");
        await MoveAsync();

        Assert.Equal(AppendStatus.Fenced, (await Store.Journal.AppendAsync(Make.Batch("r1", 2, 1))).Status);
        var taken = (await Store.Journal.TakeAsync("r1", "node-2", Cancel))!;
        Assert.Equal([1L, 2], taken.Events.Select(entry => entry.Seq));
        Assert.Equal(AppendStatus.Committed, (await Store.Journal.AppendAsync(Make.Batch("r1", 2, taken.Epoch, events: 2, row: Make.Ended))).Status);

        Assert.Equal([1L, 2, 3, 4], (await Store.Journal.ReadAsync("r1", 0, Cancel))!.Events.Select(entry => entry.Seq));
        Assert.Equal([4L], (await Store.Journal.ReadAsync("r1", 3, Cancel))!.Events.Select(entry => entry.Seq));
        Assert.Equal([2L, 3, 4], (await Store.Journal.ReadAsync("r1", 1, Cancel))!.Events.Select(entry => entry.Seq));
        Assert.Equal(0, (await MoveAsync()).Runs);
        Assert.Equal(4, (await Bench.VerifyAsync()).Events);
    }

    [Fact]
    public async Task A_journal_that_lacks_an_event_is_left_for_the_audit_to_find()
    {
        await EndedAsync("r1", ["one", "two"]);
        await Store.Audit.HeadsAsync(all: false, Cancel);
        IsTampered = true;
        await Bench.TamperAsync("DELETE FROM run_events WHERE run_id = 'r1' AND seq = 2");

        Assert.Equal(0, (await MoveAsync()).Runs);
        Assert.Equal("removed", Assert.Single((await Bench.VerifyAsync()).Problems).Kind);
    }

    [Theory]
    [InlineData("UPDATE run_archive SET run_id = 'r9' WHERE run_id = 'r1'", "inserted", "event 1 of run r9")]
    [InlineData("UPDATE run_archive SET run_id = 'r9' WHERE run_id = 'r1'", "removed", "event 1 of run r1")]
    [InlineData("DELETE FROM run_archive WHERE run_id = 'r1'", "removed", "event 2 of run r1")]
    [InlineData("INSERT INTO run_events (run_id, seq, at, type, version, payload) VALUES ('r1', 2, 0, 'warning_noted', 1, '{}')", "inserted", "event 2 of run r1")]
    [InlineData("INSERT INTO run_events (run_id, seq, at, type, version, payload) VALUES ('r1', 4, 0, 'warning_noted', 1, '{}')", "inserted", "event 4 of run r1")]
    [InlineData("UPDATE run_archive SET body = (SELECT body FROM run_archive WHERE run_id = 'r2') WHERE run_id = 'r1'", "changed", "event 2 of run r1")]
    public async Task What_is_done_to_the_archive_is_found_and_the_event_is_named(string trick, string kind, string where)
    {
        await EndedAsync("r1", ["one", "end"]);
        await EndedAsync("r2", ["two", "three"]);
        await MoveAsync();
        Assert.True((await Bench.VerifyAsync()).Ok);
        IsTampered = true;
        await Bench.TamperAsync(trick);

        var verdict = await Bench.VerifyAsync();

        Assert.False(verdict.Ok);
        Assert.Contains(verdict.Problems, problem => problem.Kind == kind && problem.Where == where);
    }

    [Fact]
    public async Task An_archive_that_can_not_be_read_is_named_by_the_audit_and_by_whoever_reads_the_run()
    {
        await EndedAsync("r1", ["one", "end"]);
        await EndedAsync("r2", ["two", "end"]);
        await MoveAsync();
        IsTampered = true;
        await Bench.TamperAsync($"UPDATE run_archive SET body = {Bytes("0102030405")} WHERE run_id = 'r1'");

        var problem = Assert.Single((await Bench.VerifyAsync()).Problems);
        Assert.Equal(("changed", "archive of run r1"), (problem.Kind, problem.Where));
        Assert.Contains("audit verify", (await Assert.ThrowsAsync<InvalidDataException>(() => Store.Journal.ReadAsync("r1", 0, Cancel))).Message, StringComparison.Ordinal);
        Assert.Equal(3, (await Store.Journal.ReadAsync("r2", 0, Cancel))!.Events.Count);
    }

    [Fact]
    public async Task What_was_decided_in_a_moved_run_is_listed_by_the_audit_as_before()
    {
        foreach (var run in (string[])["r1", "r2"])
        {
            await Store.Journal.AdmitAsync(new Admission(null, [Make.Run(run)]));
            var answered = JournalCodec.Write(new JournalEntry(2, Make.T0, new CancelRequested("user:lead", "It was a drill.")));
            await Store.Journal.AppendAsync(Make.Batch(run, 1, 1, row: Make.Ended) with { Events = [answered] });
        }

        var before = (await Store.Audit.ListAsync(new AuditFilter(), Cancel)).Items;
        await MoveAsync();

        Assert.Equal(2, before.Count);
        Assert.Equal(before, (await Store.Audit.ListAsync(new AuditFilter(), Cancel)).Items);
        Assert.Equal(OneRun, (await Store.Audit.ListAsync(new AuditFilter(RunId: "r1"), Cancel)).Items.Select(one => one.Entry.RunId));
    }

    /// <summary>Bytes, as the database's SQL writes them.</summary>
    protected abstract string Bytes(string hex);

    private Task<ArchivedRuns> MoveAsync() => Store.Archive.MoveAsync(Now.AddDays(1), null, write: true, Cancel);

    private async Task EndedAsync(string run, string[]? texts = null, params RowChange[] changes)
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run(run)]));
        var batch = Make.Batch(run, 1, 1, row: Make.Ended, changes: changes) with { Events = [.. (texts ?? ["end"]).Select((text, index) => Make.Event(index + 2, text))] };
        Assert.Equal(AppendStatus.Committed, (await Store.Journal.AppendAsync(batch)).Status);
    }

    private static List<string> Text(IEnumerable<StoredEvent> events) =>
        [.. events.Select(entry => $"{entry.Seq} {entry.At:O} {entry.Type} {entry.Version} {Encoding.UTF8.GetString(entry.Payload.Span)}")];
}
