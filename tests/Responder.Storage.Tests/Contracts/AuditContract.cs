using Responder.Engine.Access;
using Responder.Engine.Audit;
using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>Whoever can change the database, and has no key, is found out.</summary>
public abstract class AuditContract : StoreContract
{
    private const string Runs = "writer NOT LIKE '%/desk'";
    private const string Newest = "(SELECT max(n) FROM audit_links WHERE writer NOT LIKE '%/desk')";

    /// <summary>What is done to the database; how it is called; the row that is named.</summary>
    public static TheoryData<string, string, string> Tricks => new()
    {
        { "UPDATE run_events SET payload = '{\"message\":\"nothing\"}' WHERE run_id = 'r1' AND seq = 2", "changed", "event 2 of run r1" },
        { "UPDATE run_events SET at = at + 1 WHERE run_id = 'r1' AND seq = 2", "changed", "event 2 of run r1" },
        { "UPDATE run_events SET type = 'gate_answered' WHERE run_id = 'r1' AND seq = 2", "changed", "event 2 of run r1" },
        { "DELETE FROM run_events WHERE run_id = 'r1' AND seq = 3", "removed", "event 3 of run r1" },
        { "DELETE FROM run_events WHERE run_id = 'r1' AND seq = 5; UPDATE runs SET last_seq = 4 WHERE run_id = 'r1'", "removed", "event 5 of run r1" },
        { "DELETE FROM run_events WHERE run_id = 'r2'; DELETE FROM runs WHERE run_id = 'r2'", "removed", "event 1 of run r2" },
        { "INSERT INTO run_events (run_id, seq, at, type, version, payload) VALUES ('r1', 6, 0, 'warning_noted', 1, '{}')", "inserted", "event 6 of run r1" },
        { "INSERT INTO run_events (run_id, seq, at, type, version, payload) VALUES ('r9', 1, 0, 'warning_noted', 1, '{}')", "inserted", "event 1 of run r9" },
        { "UPDATE run_events SET seq = 99 WHERE run_id = 'r1' AND seq = 2; UPDATE run_events SET seq = 2 WHERE run_id = 'r1' AND seq = 3; UPDATE run_events SET seq = 3 WHERE run_id = 'r1' AND seq = 99", "reordered", "event 2 of run r1" },
        { $"UPDATE audit_links SET items = replace(items, 'r1 2 ', 'r1 7 ') WHERE n = 2 AND {Runs}", "changed", "link 2 of" },
        { $"UPDATE audit_links SET items = 'x' WHERE n = 2 AND {Runs}", "changed", "link 2 of" },
        { $"UPDATE audit_links SET at = at - 3600000 WHERE n = 2 AND {Runs}", "changed", "link 2 of" },
        { "UPDATE audit_links SET items = replace(items, 'user:lead', 'user:mallory') WHERE items LIKE '%user:lead%'", "changed", "link" },
        { $"UPDATE audit_links SET mac = prev WHERE n = 2 AND {Runs}", "changed", "link 2 of" },
        { $"DELETE FROM audit_links WHERE n = 3 AND {Runs}", "removed", "link 3 of" },
        { $"DELETE FROM audit_links WHERE n = 1 AND {Runs}", "removed", "link 1 of" },
        { $"INSERT INTO audit_links (writer, n, at, notable, key_id, prev, mac, items) SELECT writer, n + 1, at, notable, key_id, mac, mac, items FROM audit_links WHERE n = {Newest} AND {Runs}", "changed", "link" },
        { "INSERT INTO audit_links (writer, n, at, notable, key_id, prev, mac, items) SELECT 'elsewhere', 1, at, notable, key_id, '', mac, items FROM audit_links WHERE n = 1 AND " + Runs, "changed", "link 1 of elsewhere" },
        { $"UPDATE audit_links SET n = 999 WHERE n = 2 AND {Runs}; UPDATE audit_links SET n = 2 WHERE n = 3 AND {Runs}; UPDATE audit_links SET n = 3 WHERE n = 999", "reordered", "link 2 of" },
    };

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task What_is_done_to_a_row_is_found_and_the_row_is_named(string trick, string kind, string where)
    {
        await WriteAsync();
        Assert.True((await Bench.VerifyAsync()).Ok);
        await TamperAsync(trick);

        var verdict = await Bench.VerifyAsync();

        Assert.False(verdict.Ok);
        Assert.Contains(verdict.Problems, problem => problem.Kind == kind && problem.Where.StartsWith(where, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cut_end_is_found_by_the_anchor_that_was_kept_apart_and_only_by_it()
    {
        await WriteAsync();
        await AppendAsync(5, "five");
        await AppendAsync(6, "six");
        var anchors = await Store.Audit.HeadsAsync(all: false, Cancel);
        var head = anchors.Single(anchor => !anchor.Writer.EndsWith("/desk", StringComparison.Ordinal));
        await TamperAsync($"DELETE FROM audit_links WHERE {Runs} AND n >= (SELECT max(n) FROM audit_links WHERE items LIKE '%r1 6 %'); DELETE FROM run_events WHERE run_id = 'r1' AND seq >= 6");

        var blind = await Bench.VerifyAsync();
        Assert.True(blind.Ok);
        Assert.Contains(blind.Notes, note => note.StartsWith("No anchor was given", StringComparison.Ordinal));

        var verdict = await Bench.VerifyAsync(anchors);
        var cut = Assert.Single(verdict.Problems);
        Assert.Equal("cut", cut.Kind);
        Assert.Matches($"^links [0-9]+ to {head.N} of {head.Writer}$", cut.Where);
    }

    [Fact]
    public async Task What_is_younger_than_the_last_anchor_is_said_not_to_be_covered()
    {
        await WriteAsync();
        var anchors = await Store.Audit.HeadsAsync(all: false, Cancel);
        Assert.Contains((await Bench.VerifyAsync(anchors)).Notes, note => note.StartsWith("Every link is covered", StringComparison.Ordinal));
        await Store.Journal.AppendAsync(Make.Batch("r2", 1, 1));

        var verdict = await Bench.VerifyAsync(anchors);

        Assert.True(verdict.Ok);
        Assert.Contains(verdict.Notes, note => note.StartsWith("1 links are younger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Heads_cover_what_was_handed_in_before_also_where_nobody_waits_for_it()
    {
        await WriteAsync();
        var unwaited = Enumerable.Range(0, 50).Select(index => Store.Journal.AdmitAsync(new Admission(null, [Make.Run($"s{index}")]))).ToList();

        var anchors = await Store.Audit.HeadsAsync(all: false, Cancel);

        Assert.Contains((await Bench.VerifyAsync(anchors)).Notes, note => note.StartsWith("Every link is covered", StringComparison.Ordinal));
        await Task.WhenAll(unwaited);
    }

    [Fact]
    public async Task A_chain_that_was_written_anew_with_another_end_is_found_by_the_anchor()
    {
        await WriteAsync();
        var anchors = (await Store.Audit.HeadsAsync(all: false, Cancel)).Select(anchor => anchor with { Mac = new string('A', 43) }).ToList();

        Assert.All((await Bench.VerifyAsync(anchors)).Problems, problem => Assert.Equal("changed", problem.Kind));
        Assert.NotEmpty((await Bench.VerifyAsync(anchors)).Problems);
    }

    [Fact]
    public async Task What_the_store_did_not_take_is_no_problem_and_two_writers_have_a_run_one_after_another()
    {
        await WriteAsync();
        Assert.Equal(AppendStatus.Fenced, (await Store.Journal.AppendAsync(Make.Batch("r1", 2, 1))).Status);
        var taken = await Store.Journal.TakeAsync("r1", "node-2", Cancel);
        Assert.Equal(AppendStatus.Fenced, (await Store.Journal.AppendAsync(Make.Batch("r1", 5, 1))).Status);
        Assert.Equal(AppendStatus.Committed, (await Store.Journal.AppendAsync(Make.Batch("r1", 5, taken!.Epoch, events: 2))).Status);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Store.Journal.AdmitAsync(new Admission(Make.Alert($"b{index}", $"delivery-{index % 7}"), [Make.Run($"s{index}")]))));
        await Bench.ReopenAsync();
        await Store.Journal.AppendAsync(Make.Batch("r2", 1, 1));

        var verdict = await Bench.VerifyAsync();

        Assert.True(verdict.Ok, string.Join('\n', verdict.Problems));
        Assert.Equal(5 + 2 + 1 + 7 + 1, verdict.Events);
        Assert.DoesNotContain(verdict.Notes, note => note.Contains("event", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_another_key_nothing_can_be_checked_and_that_is_said()
    {
        await WriteAsync();
        await TamperAsync("UPDATE audit_links SET key_id = '000000000000'");

        Assert.All((await Bench.VerifyAsync()).Problems, problem => Assert.Equal("unknown_key", problem.Kind));
        Assert.NotEmpty((await Bench.VerifyAsync()).Problems);
    }

    [Fact]
    public async Task It_is_listed_newest_first_page_by_page()
    {
        await Store.Audit.WriteAsync(new AuditEntry(AuditKinds.SignIn, "user:mlee", "signed_in", "mlee") { Reason = "a line\nand \u2028 another" }, Cancel);
        Bench.Time.Advance(TimeSpan.FromMinutes(1));
        await Store.KillSwitch.SetAsync(new KillSwitchRow("all", "", "user:lead", "storm", Now), on: true, Cancel);
        Bench.Time.Advance(TimeSpan.FromMinutes(1));
        await Store.KillSwitch.SetAsync(new KillSwitchRow("all", "", "user:lead", "over", Now), on: false, Cancel);
        await Store.KillSwitch.SetAsync(new KillSwitchRow("all", "", "user:lead", "again", Now), on: false, Cancel);

        List<AuditRecord> all = [];
        string? cursor = null;
        do
        {
            var page = await Store.Audit.ListAsync(new AuditFilter(Limit: 1, Cursor: cursor), Cancel);
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(["lifted", "thrown", "signed_in"], all.Select(one => one.Entry.Action));
        Assert.Equal("a line\nand \u2028 another", all[2].Entry.Reason);
        Assert.Equal("thrown", Assert.Single((await Store.Audit.ListAsync(new AuditFilter(Kind: AuditKinds.KillSwitch, Until: Now), Cancel)).Items).Entry.Action);
        Assert.Empty((await Store.Audit.ListAsync(new AuditFilter(By: "user:nobody"), Cancel)).Items);
        Assert.Equal(3, all.Select(one => one.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{")]
    public async Task A_line_that_was_changed_into_another_thing_is_listed_as_unreadable(string text)
    {
        await Store.Audit.WriteAsync(new AuditEntry(AuditKinds.SignIn, "user:mlee", "signed_in", "mlee"), Cancel);
        await TamperAsync($"UPDATE audit_links SET items = 'e {text}'");

        Assert.Equal("unreadable", Assert.Single((await Store.Audit.ListAsync(new AuditFilter(), Cancel)).Items).Entry.Action);
    }

    [Fact]
    public async Task An_intent_that_a_newer_program_wrote_keeps_nothing_else_from_the_list()
    {
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a1"), [Make.Run("r1")]));
        var batch = Make.Batch("r1", 1, 1) with
        {
            Events =
            [
                new StoredEvent(2, Now, "intent_recorded", 99, "{}"u8.ToArray()),
                JournalCodec.Write(new JournalEntry(3, Now, new StepInDoubt("/steps/0", "nobody knows"))),
                JournalCodec.Write(new JournalEntry(4, Now, new CancelRequested("user:mlee", "enough"))),
            ],
        };
        Assert.Equal(AppendStatus.Committed, (await Store.Journal.AppendAsync(batch)).Status);

        Assert.Equal("enough", Assert.Single((await Store.Audit.ListAsync(new AuditFilter(By: "user:mlee"), Cancel)).Items).Entry.Reason);
        Assert.Contains((await Store.Audit.ListAsync(new AuditFilter(), Cancel)).Items, one => one.Entry.Action == "run_cancelled");
    }

    [Fact]
    public async Task Where_the_audits_line_can_not_be_made_the_change_alone_is_refused_and_not_made()
    {
        await Store.Users.AddAsync(new UserRow("mlee", ["lead"], "s1", "user:lead", Now), Cancel);

        var failure = await Record.ExceptionAsync(() => Store.Users.ChangeAsync(
            "mlee", one => one with { Stamp = "s2" }, _ => throw new InvalidOperationException("no line"), Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel));

        Assert.IsType<InvalidOperationException>(failure is StoreRefusedException ? failure.InnerException : failure);
        Assert.Equal("s1", (await Store.Users.FindAsync("mlee", Cancel))!.Stamp);
        Assert.True(Store.Health.CanWrite);
    }

    private async Task TamperAsync(string sql)
    {
        IsTampered = true;
        await Bench.TamperAsync(sql);
    }

    private async Task WriteAsync()
    {
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a1"), [Make.Run("r1"), Make.Run("r2")]));
        await AppendAsync(1, "one", "two");
        await AppendAsync(3, "three");
        await Store.KillSwitch.SetAsync(new KillSwitchRow("connector", "jira", "user:lead", "it repeats itself", Now), on: true, Cancel);
        await AppendAsync(4, "four");
        await Store.Audit.HeadsAsync(all: false, Cancel);
    }

    private async Task AppendAsync(long after, params string[] texts)
    {
        var batch = Make.Batch("r1", after, 1) with { Events = [.. texts.Select((text, index) => Make.Event(after + index + 1, text))] };
        Assert.Equal(AppendStatus.Committed, (await Store.Journal.AppendAsync(batch)).Status);
    }
}
