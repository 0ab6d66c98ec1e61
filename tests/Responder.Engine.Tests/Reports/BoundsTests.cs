using CsCheck;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Engine.Reports;
using Responder.Sdk;

namespace Responder.Engine.Tests.Reports;

/// <summary>A report always comes out, whatever the journal, and always fits a ticket.</summary>
public sealed class BoundsTests
{
    private const int Jira = 32_767;

    private static readonly string[] Actions =
    [
        "edr.find_host", "edr.find_hosts", "edr.get_process", "edr.list_processes", "edr.list_folder", "edr.get_detection", "edr.isolate_host", "edr.release_host", "edr.kill_process",
        "edr.delete_folder", "edr.delete_file", "edr.collect_file", "edr.scan", "identity.find_user", "identity.list_groups", "identity.list_sign_ins", "identity.list_mfa_methods",
        "identity.disable_user", "identity.enable_user", "identity.revoke_sessions", "directory.find_user", "directory.disable_user", "directory.find_computer", "tickets.create", "tickets.close", "tickets.find",
        "siem.search", "siem.get_alert", "chat.ask", "chat.notify", "mail.ask", "mail.send", "http.request", "crowdstrike.run_script", "odd", ".", "",
    ];

    private static readonly string[] Names =
    [
        "id", "hostname", "host", "path", "count", "bytes", "files", "gone", "left", "by_extension", "largest", "extensions", "manifest", "artifact", "rows", "process", "parents", "children", "chain", "image",
        "cmd_line", "started_at", "sign_ins", "at", "ip", "risk", "countries", "has_mfa", "answer", "to", "question", "key", "summary", "parent", "url", "resolution", "status", "threats", "user", "users", "email",
        "name", "domain", "device", "devices", "indicators", "type", "value", "time", "received_at", "counts", "raw", "title", "attack", "severity_score", "oldest_at", "newest_at", "privileged", "groups", "pid", "isolation",
    ];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[0, 20], Gen.Const("2024-02-28T19:15:33Z"), Gen.Const("2024-02-28T14:15:33-05:00"), Gen.Const("0001-01-01T00:00:00+14:00"), Gen.Const("9999-12-31T23:59:59-14:00"),
        Gen.Const(@"C:\temp\staging"), Gen.Const("alexchen@company.com"), Gen.Const("high"), Gen.Const(".kdbx"), Gen.Const(new string('`', 3000)));

    private static readonly Gen<object?> Value = Gen.Recursive<object?>((depth, inner) => depth > 3 ? Leaf() : Gen.Frequency(
        (3, Leaf()),
        (3, Gen.Select(Gen.Select(Pick(Names), inner).Array[0, 12], pairs => (object?)pairs.GroupBy(pair => pair.Item1).ToDictionary(group => group.Key, group => group.First().Item2))),
        (2, inner.Array[0, 4].Select(items => (object?)items))));

    private static readonly Gen<string> Path = Pick("a", "b", "steps[1].then[0]", "loop[3].x", "c");

    private static readonly Gen<DateTimeOffset> At = Gen.OneOf(
        Gen.DateTimeOffset, Gen.Const(DateTimeOffset.MinValue), Gen.Const(DateTimeOffset.MaxValue), Gen.Const(DateTimeOffset.UnixEpoch));

    private static readonly Gen<RunEvent> Event = Gen.OneOf<RunEvent>(
        Gen.Select(Text, Value, Value).Select((text, alert, inputs) => (RunEvent)new RunCreated(text, text, text, text, JournalScript.Json(alert), JournalScript.Json(inputs), default, text, AutoAnswer.Ask, "mock", null, null, text, null)),
        Gen.Const((RunEvent)new RunStarted()),
        Gen.Select(Path, Pick(Actions), Gen.Enum<Effect>(), Value).Select((path, action, effect, inputs) => (RunEvent)new StepStarted(path, path, path, null, "uses", action, effect, JournalScript.Json(inputs))),
        Gen.Select(Path, Pick(Actions)).Select((path, action) => (RunEvent)new StepSkipped(path, path, null, null, "uses", action)),
        Gen.Select(Path, Gen.Enum<StepStatus>(), Gen.Enum<OutcomeKind>(), Value, Text).Select((path, status, outcome, outputs, text) => (RunEvent)new StepEnded(path, status, outcome, JournalScript.Json(outputs), new StepError(FailureKind.Unknown, text), 1, text)),
        Path.Select(path => (RunEvent)new StepEnded(path, StepStatus.Failed)),
        Gen.Select(Path, Text).Select((path, text) => (RunEvent)new StepInDoubt(path, text)),
        Gen.Select(Path, Text).Select((path, text) => (RunEvent)new GateAsked(path, new GateRequest { Id = "gate-1", Title = text, Roles = [text], Choices = [text], OnTimeout = text, Hash = text })),
        Gen.Select(Path, Text, At).Select((path, text, at) => (RunEvent)new GateEscalated(path, "gate-1", [text], at)),
        Gen.Select(Path, Text).Select((path, text) => (RunEvent)new IntentRecorded(path, 1, text, text, text, [new TargetFacts(TargetKind.Host, text, [text], [])], null, Recover.Probe, 1, PolicyAnswer.Allowed)),
        Gen.Select(Path, Text, Gen.Enum<FailureKind>()).Select((path, text, kind) => (RunEvent)new AttemptFailed(path, 1, new StepError(kind, text, text))),
        Gen.Select(Path, Text).Select((path, text) => (RunEvent)new RecoveryBegun(path, 1, Recover.Ask, text)),
        Gen.Select(Path, Text, At).Select((path, text, at) => (RunEvent)new ProbeAnswered(path, ProbeVerdict.CannotTell, text, at)),
        Gen.Select(Path, Text).Select((path, text) => (RunEvent)new StepSettled(path, "succeeded", null, text, text)),
        Gen.Select(Path, Text).Select((path, text) => (RunEvent)new GateAnswered(path, "gate-1", text, text, null, text, text)),
        Gen.Select(Path, Text).Select((path, text) => (RunEvent)new GateClosed(path, "gate-1", text, "answered")),
        Gen.Select(Path, Text, At).Select((path, text, at) => (RunEvent)new AnswerAwaited(path, default, at)),
        Gen.Select(Path, Value).Select((path, payload) => (RunEvent)new EventTaken(path, "e", JournalScript.Json(payload))),
        Gen.Select(Path, Text).Select((path, text) => (RunEvent)new RunHeld(path, text)),
        Gen.Select(Path, Text).Select((path, text) => (RunEvent)new WarningNoted(path, text)),
        Text.Select(text => (RunEvent)new CancelRequested(text, text)),
        Text.Select(text => (RunEvent)new RunInDoubt(text)),
        Gen.Select(Gen.Enum<RunStatus>(), Text).Select((status, text) => (RunEvent)new MainEnded(status, text, text, text, null)),
        Gen.Select(Gen.Enum<RunStatus>(), Text).Select((status, text) => (RunEvent)new RunEnded(status, text, text, null)));

    [Fact]
    public void Any_journal_is_written()
    {
        var journals = Gen.Select(At, Event).Select((at, entry) => (at, entry)).Array[0, 40];
        Gen.Select(journals, At).Sample(
            (events, asOf) =>
            {
                var report = IncidentReport.From([.. events.Select((pair, index) => new JournalEntry(index + 1, pair.at, pair.entry))], asOf);
                Assert.InRange(ReportMarkdown.Write(report).Length, 1, Jira);
                Assert.StartsWith("<!DOCTYPE html>", ReportHtml.Write(report), StringComparison.Ordinal);
                Assert.StartsWith("{", ReportJson.Write(report), StringComparison.Ordinal);
            },
            iter: 1000);
    }

    [Fact]
    public void An_empty_journal_says_so()
    {
        var text = ReportMarkdown.Write(IncidentReport.From([], DateTimeOffset.UnixEpoch));
        Assert.Contains("The run's journal holds no alert and no inputs.", text, StringComparison.Ordinal);
        Assert.Contains("The journal holds nothing yet.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_case_fits_a_ticket_twice_over() =>
        Assert.InRange(ReportMarkdown.Write(IncidentReport.From(Cases.Staged().Entries, DateTimeOffset.UnixEpoch)).Length, 5_000, Jira / 2);

    [Fact]
    public void A_run_of_500_steps_is_summed_up()
    {
        var script = new JournalScript("2024-02-28T19:15:36Z").Created("ransomware-host", "Ransomware on many hosts", Cases.StagedAlert);
        for (var index = 0; index < 250; index++)
        {
            script.Read($"hosts[{index}].find", "edr.find_host", new { hostname = $"WS-{index:000}" }, new { id = $"id{index}", hostname = $"WS-{index:000}", online = true })
                .Act($"hosts[{index}].isolate", "edr.isolate_host", Effect.Contain, new { host = $"id{index}" }, new { isolation = "isolated" });
        }

        var report = IncidentReport.From(script.Finish(RunStatus.Succeeded, "contained").Entries, script.Now);
        var text = ReportMarkdown.Write(report);
        Assert.InRange(text.Length, 10_000, Jira);
        Assert.Contains("isolated WS-007 and 242 more", text, StringComparison.Ordinal);
        Assert.Contains("The run ended after 8 min 20 s", text, StringComparison.Ordinal);
        Assert.Matches(@"… and \d+ more", text);
        // The containments stay in the time line, what was only looked up goes first.
        Assert.Equal(250, report.InvestigationFindings.TimeLine.Count(entry => entry.Kind == TimeLineKind.Containment));
        Assert.Equal(150, report.ContainmentActions.Actions.Count);
        Assert.Equal(100, report.ContainmentActions.Omitted);
        Assert.InRange(ReportHtml.Write(report).Length, 10_000, 300_000);
    }

    [Fact]
    public void A_hundred_hostile_actions_still_fit()
    {
        var hostile = string.Concat(Enumerable.Repeat("`<|*_[\u202E\\", 1500));
        var script = new JournalScript("2024-02-28T19:15:36Z").Created(hostile, hostile, Cases.StagedAlert);
        for (var index = 0; index < 100; index++)
        {
            script.Act($"own[{index}]", "crowdstrike.run_script", Effect.Destroy, new { host = index + hostile }, new { output = hostile })
                .Say(new WarningNoted(null, index + hostile))
                .Read($"list[{index}]", "edr.list_folder", new { host = hostile, path = index + hostile }, new { path = index + hostile, count = 1, bytes = 1, by_extension = Enumerable.Range(0, 40).ToDictionary(one => one + hostile) })
                .Read($"process[{index}]", "edr.get_process", new { }, new { chain = index + hostile, process = new { cmd_line = index + hostile } });
        }

        var text = ReportMarkdown.Write(IncidentReport.From(script.Entries, script.Now));
        Assert.InRange(text.Length, 10_000, Jira);
        Assert.Contains("## 1. Initial context", text, StringComparison.Ordinal);
    }

    private static Gen<string> Pick(params string[] all) => Gen.Int[0, all.Length - 1].Select(index => all[index]);

    private static Gen<object?> Leaf() => Gen.OneOf(
        Text.Select(text => (object?)text), Gen.Long.Select(number => (object?)number), Gen.Bool.Select(truth => (object?)truth), Gen.Const((object?)null), Gen.Double[-1e300, 1e300].Select(number => (object?)number));
}
