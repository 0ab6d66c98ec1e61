using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Engine.Tests.Reports;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Tests.Runs;

/// <summary>What a run does next, at places where the simulation found that it did another thing.</summary>
public sealed class NextTests
{
    private static readonly StepError Unknown = new(FailureKind.Unknown, "no answer");
    private static readonly StepError Forbidden = new(FailureKind.Forbidden, "not allowed");

    private static JournalScript Run => new JournalScript("2026-01-05T08:00:00Z").Created("case", "Case", null);

    [Fact]
    public void A_loop_whose_passes_were_cancelled_ends_as_cancelled()
    {
        var plan = Plan("""
              - id: all
                foreach: "['h1']"
                steps:
                  - id: look
                    uses: edr.find_host
                    with: { hostname: ws-1 }
            """);
        var journal = Run
            .Say(new StepStarted("steps[0]", "steps[0]", "all", null, "foreach", Value: JournalScript.Json(new[] { "h1" })))
            .Say(new StepStarted("all[0].look", "steps[0].steps[0]", "look", null, "uses", "edr.find_host", Effect.Read, JournalScript.Json(new { hostname = "ws-1" })))
            .Say(new CancelRequested("lead", null))
            .Say(new StepEnded("all[0].look", StepStatus.Cancelled))
            .Say(new PassEnded("steps[0]", 0, StepStatus.Cancelled, null));

        var ended = Assert.Single(Events(plan, journal).OfType<StepEnded>());

        Assert.Equal(("steps[0]", StepStatus.Cancelled), (ended.Path, ended.Status));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_effect_that_may_have_been_done_is_in_doubt_where_its_repeat_fails_or_the_run_is_ended(bool cancelled)
    {
        var journal = Isolating().Say(new AttemptFailed("steps[0]", 1, Unknown)).Say(new RecoveryBegun("steps[0]", 1, Recover.Repeat, "again"));
        journal = cancelled
            ? journal.Say(new RetryScheduled("steps[0]", 2, journal.Now, "again")).Say(new CancelRequested("lead", null))
            : journal.Intent("steps[0]").Say(new AttemptFailed("steps[0]", 2, Forbidden));

        Assert.Contains("Nobody can tell", Assert.Single(Events(Isolate, journal).OfType<StepInDoubt>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_effect_that_certainly_was_not_done_fails()
    {
        var journal = Isolating().Say(new AttemptFailed("steps[0]", 1, Forbidden));

        Assert.Equal(StepStatus.Failed, Assert.Single(Events(Isolate, journal).OfType<StepEnded>()).Status);
    }

    [Fact]
    public void A_probe_or_a_person_settles_what_may_have_been_done()
    {
        var probed = Fold.All(Isolating().Say(new AttemptFailed("steps[0]", 1, Unknown)).Say(new ProbeAnswered("steps[0]", ProbeVerdict.NotHappened, "not there", null)).Entries);
        var settled = Fold.All(Isolating().Say(new AttemptFailed("steps[0]", 1, Unknown)).Say(new StepInDoubt("steps[0]", "?"))
            .Say(new StepSettled("steps[0]", "repeat", null, "lead", null)).Entries);

        Assert.False(probed.Step("steps[0]")!.Unsettled);
        Assert.False(settled.Step("steps[0]")!.Unsettled);
    }

    [Fact]
    public void A_step_that_people_skipped_stays_skipped_when_another_no_ends_the_run()
    {
        var plan = Plan("""
              - uses: tickets.create
                with: { project: SOC, type: Task, summary: Look }
                approval: { roles: [analyst], on_reject: skip }
              - parallel:
                  left:
                    - uses: edr.isolate_host
                      with: { host: h1 }
                      approval: { roles: [analyst], on_reject: stop }
                  right:
                    - uses: edr.release_host
                      with: { host: h2 }
            """);
        var no = new StepError(FailureKind.Rejected, "no");
        var journal = Run
            .Start("steps[0]", "tickets.create", Effect.Record, new { }).Say(new StepEnded("steps[0]", StepStatus.Rejected, Error: no))
            .Say(new StepStarted("steps[1]", "steps[1]", null, null, "parallel"))
            .Start("steps[1].parallel.left[0]", "edr.isolate_host", Effect.Contain, new { host = "h1" })
            .Start("steps[1].parallel.right[0]", "edr.release_host", Effect.Contain, new { host = "h2" }).Intent("steps[1].parallel.right[0]")
            .Say(new StepEnded("steps[1].parallel.left[0]", StepStatus.Rejected, Error: no, Stop: new StopSign("rejected", "no")));

        // The other branch's call is on its way: the run may not end before its end is known.
        Assert.DoesNotContain(Events(plan, journal), happened => happened is MainEnded);
    }

    [Fact]
    public void An_answer_that_was_taken_decides_its_gate_though_the_run_is_being_ended()
    {
        var gate = new GateRequest { Id = "g1", Title = "Go on?", Roles = ["analyst"], Choices = ["approve", "reject"], OnTimeout = "reject", Hash = "sha256:1" };
        var journal = Run.Start("steps[0]", "edr.isolate_host", Effect.Contain, new { host = "h1" })
            .Say(new GateAsked("steps[0]", gate)).Say(new GateAnswered("steps[0]", "g1", "ann", "approve", null, null, "api")).Say(new CancelRequested("lead", null));

        var closed = Assert.Single(Events(Isolate, journal).OfType<GateClosed>());

        Assert.Equal(("approve", "answered"), (closed.Choice, closed.How));
    }

    private static Plan Isolate { get; } = Plan("""
          - uses: edr.isolate_host
            with: { host: h1 }
        """);

    private static JournalScript Isolating() => Run.Start("steps[0]", "edr.isolate_host", Effect.Contain, new { host = "h1" }).Intent("steps[0]");

    private static IEnumerable<RunEvent> Events(Plan plan, JournalScript journal) =>
        Next.Decide(plan, Fold.All(journal.Entries), journal.Now).Commands.OfType<Emit>().Select(emit => emit.Event);

    private static Plan Plan(string steps)
    {
        var library = PlaybookLibrary.Load([("case/playbook.yaml", $"id: case\nname: Case\non: {{ manual: true }}\nsteps:\n{steps}\n")], ReadOptions.Neutral);
        return PlanCompiler.Compile("case", library);
    }
}
