using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Engine.Tests.Reports;
using Responder.Sdk;

namespace Responder.Engine.Tests.Runs;

public sealed class FoldTests
{
    private static JournalScript Run => new JournalScript("2024-02-28T19:15:33Z").Created("case", "Case", null);

    [Fact]
    public void A_read_that_came_back_and_is_to_be_repeated_is_no_longer_at_work()
    {
        var state = Fold.All(Run
            .Start("steps[0]", "edr.find_host", Effect.Read, new { hostname = "WS-1" })
            .Say(new ReadStarted("steps[0]", 1, "mock", "mock"))
            .Say(new RetryScheduled("steps[0]", 2, DateTimeOffset.UnixEpoch, "`result.online` is still false.")).Entries);

        var step = state.Step("steps[0]")!;
        Assert.False(step.AttemptOpen);
        Assert.Equal((1, DateTimeOffset.UnixEpoch), (step.Attempts, step.RetryDue));
    }

    [Fact]
    public void What_is_done_at_the_end_of_a_called_playbook_is_after_its_main_steps_and_the_callers_steps_are_not()
    {
        var state = Fold.All(Run
            .Say(new StepStarted("steps[0]", "steps[0]", "account", null, "call", Inputs: JournalScript.Json(new { }), Value: JournalScript.Json(new { })))
            .Say(new MainEnded(RunStatus.Cancelled, "cancelled", null, null, null, "steps[0]")).Entries);

        Assert.True(Frames.IsAfterMain(state, "steps[0].call.finally[0]"));
        Assert.False(Frames.IsAfterMain(state, "steps[1]"));
    }
}
