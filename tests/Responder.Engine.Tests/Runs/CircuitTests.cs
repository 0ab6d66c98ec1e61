using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Engine.Tests.Reports;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Tests.Runs;

/// <summary>A step whose connection's circuit breaker is open waits for it, and counts no attempt.</summary>
public sealed class CircuitTests
{
    private static readonly OpenCircuit Falcon = new("falcon", new DateTimeOffset(2026, 1, 5, 7, 58, 0, TimeSpan.Zero));

    private static JournalScript Run => new JournalScript("2026-01-05T08:00:00Z").Created("case", "Case", null);

    [Fact]
    public void It_waits_however_often_it_meets_the_breaker_and_has_all_its_attempts_afterwards()
    {
        var journal = Isolating();
        for (var met = 1; met <= 500; met++)
        {
            journal.Say(new AttemptFailed("steps[0]", met, Open(FailureKind.Transient)));
            var wait = Assert.IsType<CircuitAwaited>(Assert.Single(Events(Isolate, journal)));
            Assert.Equal(("falcon", Falcon.Since, journal.Now.AddSeconds(40)), (wait.Connection, wait.Since, wait.Due));
            journal.Say(wait);
            var waits = Next.Decide(Isolate, Fold.All(journal.Entries), journal.Now);
            Assert.Equal((0, Waits.Connection, wait.Due), (waits.Commands.Count, waits.Waits, waits.Wake!.Value));
            journal.After(40).Say(Again(met + 1));
        }

        var step = Fold.All(journal.Entries).Step("steps[0]")!;
        Assert.Equal((501, 1, null), (step.Attempts, step.Counted, step.Circuit));
        journal.Say(new AttemptFailed("steps[0]", 501, new StepError(FailureKind.Transient, "503")));
        Assert.IsType<RetryScheduled>(Assert.Single(Events(Isolate, journal)));
        for (var failed = 502; failed <= 504; failed++)
        {
            journal.Say(new RetryScheduled("steps[0]", failed, journal.Now, "again")).Say(Again(failed)).Say(new AttemptFailed("steps[0]", failed, new StepError(FailureKind.Transient, "503")));
        }

        Assert.Equal(StepStatus.Failed, Assert.IsType<StepEnded>(Assert.Single(Events(Isolate, journal))).Status);
    }

    [Theory]
    [InlineData("retry: { attempts: 1 }")]
    [InlineData("retry: { attempts: 2, on: [rate_limited] }")]
    public void Whatever_the_step_says_of_repeats_nothing_was_sent_and_it_waits(string retry)
    {
        var journal = Isolating().Say(new AttemptFailed("steps[0]", 1, Open(FailureKind.Transient)));

        Assert.IsType<CircuitAwaited>(Assert.Single(Events(Plan($"  - uses: edr.isolate_host\n    with: {{ host: h1 }}\n    {retry}\n"), journal)));
    }

    [Fact]
    public void A_read_that_got_no_answer_while_the_breaker_was_open_is_not_counted_either()
    {
        var look = Plan("  - uses: edr.find_host\n    with: { hostname: h1 }\n");
        var journal = Run.Start("steps[0]", "edr.find_host", Effect.Read, new { hostname = "h1" }).Say(new ReadStarted("steps[0]", 1, "falcon", "crowdstrike"))
            .Say(new AttemptFailed("steps[0]", 1, Open(FailureKind.Unknown)));

        Assert.IsType<CircuitAwaited>(Assert.Single(Events(look, journal)));
    }

    [Fact]
    public void An_effect_that_may_have_been_done_is_repeated_when_the_product_answers_and_stays_unsettled_until_then()
    {
        var journal = Isolating().Say(new AttemptFailed("steps[0]", 1, Open(FailureKind.Unknown)));

        var events = Events(Isolate, journal).ToList();

        Assert.Equal([typeof(RecoveryBegun), typeof(CircuitAwaited)], events.Select(one => one.GetType()));
        events.ForEach(one => journal.Say(one));
        var step = Fold.All(journal.Entries).Step("steps[0]")!;
        Assert.Equal((true, false, 0, Falcon), (step.Unsettled, step.Recovering, step.Counted, step.Circuit));
        Assert.IsType<StepInDoubt>(Assert.Single(Events(Isolate, journal.Say(new CancelRequested("lead", null)))));
    }

    [Fact]
    public void A_probe_is_asked_again_under_the_attempt_that_it_is_about()
    {
        var journal = Run.Start("steps[0]", "edr.isolate_host", Effect.Contain, new { host = "h1" })
            .Say(new IntentRecorded("steps[0]", 1, "k", "falcon", "crowdstrike", [], null, Recover.Probe, 60, Engine.Policy.PolicyAnswer.Allowed))
            .Say(new AttemptFailed("steps[0]", 1, new StepError(FailureKind.Unknown, "no answer")))
            .Say(new CircuitAwaited("steps[0]", "falcon", Falcon.Since, DateTimeOffset.Parse("2026-01-05T08:00:30Z", null), "open"));

        var step = Fold.All(journal.Entries).Step("steps[0]")!;
        var decided = Next.Decide(Isolate, Fold.All(journal.Entries), journal.Now);

        Assert.Equal((true, 1, 1), (step.Recovering, step.Attempts, step.Counted));
        Assert.Equal((0, Waits.Connection), (decided.Commands.Count, decided.Waits));
        Assert.Single(Next.Decide(Isolate, Fold.All(journal.Entries), journal.After(31).Now).Commands);
    }

    [Fact]
    public void The_runs_own_deadline_holds()
    {
        var plan = Plan("  - uses: edr.isolate_host\n    with: { host: h1 }\n", "timeout: 1h\n");
        var journal = new JournalScript("2026-01-05T08:00:00Z");
        journal.Say(new RunCreated(
            "case", "Case", "sha256:5b1d", null, null, JournalScript.Json(new { }), JournalScript.Json(new { }), "alert", AutoAnswer.Ask, "configured", null, journal.Now.AddHours(1))).Say(new RunStarted())
            .Start("steps[0]", "edr.isolate_host", Effect.Contain, new { host = "h1" }).Intent("steps[0]").Say(new AttemptFailed("steps[0]", 1, Open(FailureKind.Transient)))
            .Say(new CircuitAwaited("steps[0]", "falcon", Falcon.Since, journal.Now.AddHours(2), "open"));

        Assert.IsType<TimeRanOut>(Assert.Single(Events(plan, journal.After(3601))));
        Assert.Equal(StepStatus.Cancelled, Assert.Single(Events(plan, journal.Say(new TimeRanOut(null))).OfType<StepEnded>()).Status);
    }

    [Fact]
    public void People_read_what_it_waits_for_and_no_list_of_attempts()
    {
        var journal = Isolating();
        for (var met = 1; met <= 3; met++)
        {
            journal.Say(new AttemptFailed("steps[0]", met, Open(FailureKind.Transient))).Say(new CircuitAwaited("steps[0]", "falcon", Falcon.Since, journal.Now.AddSeconds(40), "Falcon does not answer.")).After(40).Say(Again(met + 1));
        }

        var report = Responder.Engine.Reports.ReportMarkdown.Write(Responder.Engine.Reports.IncidentReport.From(journal.End("steps[0]", new { }).Entries, journal.Now));

        Assert.Contains("waits for connection falcon: circuit open since 2026-01-05 07:58:00Z", report, StringComparison.Ordinal);
        Assert.DoesNotContain("failed attempt", report, StringComparison.Ordinal);
    }

    private static Plan Isolate { get; } = Plan("  - uses: edr.isolate_host\n    with: { host: h1 }\n");

    private static StepError Open(FailureKind kind) => new(kind, "Falcon has not answered for a while.", "circuit_open", null, 40, Circuit: Falcon);

    private static IntentRecorded Again(int attempt) =>
        new("steps[0]", attempt, "k", "falcon", "crowdstrike", [], new Before(true, "normal"), Recover.Repeat, 60, Engine.Policy.PolicyAnswer.Allowed);

    private static JournalScript Isolating() => Run.Start("steps[0]", "edr.isolate_host", Effect.Contain, new { host = "h1" }).Intent("steps[0]");

    private static IEnumerable<RunEvent> Events(Plan plan, JournalScript journal) =>
        Next.Decide(plan, Fold.All(journal.Entries), journal.Now).Commands.OfType<Emit>().Select(emit => emit.Event);

    private static Plan Plan(string steps, string head = "") => PlanCompiler.Compile(
        "case", PlaybookLibrary.Load([("case/playbook.yaml", $"id: case\nname: Case\non: {{ manual: true }}\n{head}steps:\n{steps}\n")], ReadOptions.Neutral));
}
