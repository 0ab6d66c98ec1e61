using Responder.Engine.Journal;
using Responder.Engine.Reports;
using Responder.Sdk;

namespace Responder.Engine.Tests.Reports;

/// <summary>What a report claims is what the journal holds.</summary>
public sealed class ContentTests
{
    [Fact]
    public void An_order_for_an_offline_host_counts_from_when_it_was_seen_in_force()
    {
        var script = Offline();
        var ordered = Make(script);
        Assert.Equal(ActionResult.Pending, Assert.Single(ordered.ContainmentActions.Actions).Result);
        Assert.Null(ordered.ContainmentActions.TimeToContainSeconds);
        Assert.StartsWith("Not ready to be closed", ordered.Conclusion.ClosureRationale, StringComparison.Ordinal);
        Assert.Empty(ordered.BusinessImpact.Operational);

        var seen = Make(script.After(1799).Read("again", "edr.find_host", new { hostname = "PC" }, new { id = "h", hostname = "PC", isolation = "isolated", online = true }));
        Assert.Equal(ActionResult.Done, Assert.Single(seen.ContainmentActions.Actions).Result);
        Assert.Equal(1801, seen.ContainmentActions.TimeToContainSeconds!.Value, 5.0);
        Assert.Equal("Host isolated.", seen.Conclusion.ClosureRationale);
        Assert.Single(seen.BusinessImpact.Operational);
    }

    [Fact]
    public void What_failed_and_was_done_later_is_settled()
    {
        var script = Begun().Act("try1", "edr.delete_folder", Effect.Destroy, new { host = "h", path = @"C:\temp\x" }, null).Start("try2", "edr.delete_folder", Effect.Destroy, new { host = "h", path = @"C:\temp\y" })
            .Intent("try2").Fail("try2", FailureKind.Conflict, "A file came after the list was made.");
        var failed = Make(script);
        Assert.Equal([true, false], failed.ContainmentActions.Actions.Select(action => action.Settled));
        Assert.Contains(failed.RemediationAndPrevention.Open, task => task.Text.Contains(@"C:\temp\y", StringComparison.Ordinal));

        var again = Make(script.After(5).Act("try3", "edr.delete_folder", Effect.Destroy, new { host = "h", path = @"C:\temp\y" }, new { path = @"C:\temp\y", files = 3, bytes = 30, gone = true }));
        Assert.All(again.ContainmentActions.Actions, action => Assert.True(action.Settled));
        Assert.Empty(again.RemediationAndPrevention.Open);
    }

    [Fact]
    public void A_settled_doubt_says_who_settled_it()
    {
        var script = Begun().Start("kill", "edr.kill_process", Effect.Destroy, new { host = "h", pid = 7, image = "x.exe" }).Intent("kill").After(2)
            .Say(new StepInDoubt("kill", "The EDR forgot the session."));
        Assert.Equal(ActionResult.InDoubt, Assert.Single(Make(script).ContainmentActions.Actions).Result);
        Assert.Equal("in_doubt", Make(script).Head.Status);
        var settled = Make(script.After(60).Say(new StepSettled("kill", "succeeded", null, "lead@company.com", "I looked: it is gone.")).End("kill", new { pid = 7, image = "x.exe", gone = true }));
        Assert.Equal(ActionResult.Done, Assert.Single(settled.ContainmentActions.Actions).Result);
        Assert.Contains(settled.InvestigationFindings.Troubles, note => note.Text.EndsWith("lead@company.com settled it as succeeded: I looked: it is gone.", StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_that_differ_are_called_different()
    {
        var script = new JournalScript("2024-02-28T19:15:36Z").Created("p", "P", Cases.StagedAlert)
            .Read("list", "edr.list_folder", new { host = "h", path = @"c:\Temp\staging\" }, new { path = @"C:\temp\staging", count = 1240, bytes = 5 })
            .Act("purge", "edr.delete_folder", Effect.Destroy, new { host = "h", path = @"C:\temp\staging" }, new { path = @"C:\temp\staging", files = 1240, bytes = 5, gone = true });
        Assert.Equal("The counts of files differ (alert 1,247, listing 1,240, deletion 1,240).", Assert.Single(Make(script).TechnicalAnalysis.Folders).Agreement);
    }

    [Fact]
    public void The_split_of_the_case_adds_up()
    {
        var search = Assert.Single(Make(Cases.Staged()).TechnicalAnalysis.Searches, one => one.Part is not null);
        Assert.Equal([456, 434, 234, 123], search.Part!.Rows.Select(row => row.Count));
        Assert.Equal(1247, search.Part.Rows.Sum(row => row.Count));
        Assert.Equal("source folder", search.Part.By);
    }

    [Fact]
    public void A_gate_that_nobody_answered_is_said_to_be_so()
    {
        var script = Begun().Start("isolate", "edr.isolate_host", Effect.Contain, new { host = "h" }).Ask("isolate", "Isolate PC?").After(900)
            .Say(new GateClosed("isolate", "gate-1", "approve", "deadline")).Intent("isolate").After(1).End("isolate", new { isolation = "isolated" });
        Assert.Equal("no person (the deadline passed)", Assert.Single(Make(script).ContainmentActions.Actions).ApprovedBy);
    }

    [Fact]
    public void Two_approvers_are_both_named()
    {
        var script = Begun().Start("isolate", "edr.isolate_host", Effect.Contain, new { host = "h" }).Ask("isolate", "Isolate PC?")
            .Say(new GateAnswered("isolate", "gate-1", "one@company.com", "approve", null, null, "web")).After(5).Answer("isolate", "two@company.com", "approve").Intent("isolate").End("isolate", new { isolation = "isolated" });
        Assert.Equal("one@company.com, two@company.com", Assert.Single(Make(script).ContainmentActions.Actions).ApprovedBy);
    }

    [Fact]
    public void A_run_by_hand_shows_its_inputs_and_hides_what_is_called_a_secret()
    {
        var script = new JournalScript("2024-02-28T19:15:36Z").Created("p", "P", null, inputs: new { hostname = "PC", api_token = "t0ps3cret", many = new[] { "a", "b" } }, startedBy: "mlee@company.com");
        var report = Make(script);
        Assert.Equal([("hostname", "PC"), ("api_token", "not shown"), ("many", "a, b")], report.InitialContext.Inputs.Select(input => (input.Name, input.Value)));
        Assert.DoesNotContain("t0ps3cret", ReportMarkdown.Write(report) + ReportHtml.Write(report) + ReportJson.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_that_no_section_knows_are_not_poured_out()
    {
        var script = Begun().Act("own", "crowdstrike.run_script", Effect.Destroy, new { host = "h", script = "echo s3cret-1" }, new { output = "s3cret-2" })
            .Read("call", "http.request", new { path = "/x", headers = new { authorization = "s3cret-3" } }, new { status = 200, body = new { token = "s3cret-4" } });
        var report = Make(script);
        Assert.DoesNotContain("s3cret", ReportMarkdown.Write(report) + ReportHtml.Write(report) + ReportJson.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void An_undo_says_what_it_takes_back()
    {
        var script = new JournalScript("2024-02-28T19:15:36Z");
        script.Say(new RunCreated("t1074", "Data staged", "sha256:1", null, null, default, default, "lead@company.com", AutoAnswer.Ask, "configured", null, null, null, "run-1"));
        Assert.Contains("This run takes back what the run run-1 did.", ReportMarkdown.Write(Make(script)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_journal_gives_the_same_report() =>
        Assert.Equal(ReportMarkdown.Write(Make(Cases.Staged())), ReportMarkdown.Write(Make(Cases.Staged())));

    [Fact]
    public void The_page_names_the_hash_of_its_own_style()
    {
        var html = ReportHtml.Write(Make(Cases.Staged()));
        var style = html[(html.IndexOf("<style>", StringComparison.Ordinal) + 7)..html.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"style-src 'sha256-{hash}'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" src=", html, StringComparison.OrdinalIgnoreCase);
    }

    private static JournalScript Begun() => new JournalScript("2024-02-28T19:15:36Z").Created("p", "P", null);

    private static JournalScript Offline() => Begun()
        .Read("host", "edr.find_host", new { hostname = "PC" }, new { id = "h", hostname = "PC", isolation = "normal", online = false }, 0)
        .Act("isolate", "edr.isolate_host", Effect.Contain, new { host = "h" }, new { host = "h", hostname = "PC", isolation = "pending" }, outcome: OutcomeKind.Pending);

    private static IncidentReport Make(JournalScript script) => IncidentReport.From(script.Entries, script.Now);
}
