using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <summary>A playbook's three parts: its steps, <c>on_failure</c> where they failed, <c>finally</c> at every end.</summary>
internal static class Frames
{
    public static Walked Walk(Next next, Place place, FrameState frame, bool closing)
    {
        var playbook = place.Index.Playbook;
        if (frame.Main is not { } main)
        {
            var walked = next.Walk(playbook.Steps, place, closing || frame.Stop is not null);
            if (walked.Reach == Reach.Open)
            {
                return walked;
            }

            next.Say(End(next, place, frame, walked));
            return Walked.Work;
        }

        if (main.Status == RunStatus.Failed)
        {
            var after = next.Walk(playbook.OnFailure, place, closing: false);
            if (after.Reach == Reach.Open)
            {
                return after;
            }
        }

        var last = next.Walk(playbook.Finally, place, closing: false);
        return last.Reach == Reach.Open ? last : Walked.Done;
    }

    /// <summary>True where a step is in <c>on_failure</c> or <c>finally</c> of its playbook, or of one that called it: what is done there is done also where the run is being ended.</summary>
    public static bool IsAfterMain(RunState state, string path)
    {
        for (var call = Paths.FrameOf(path); call is not null; call = Paths.FrameOf(call))
        {
            if (state.Step(call)?.Frame?.Main is not null)
            {
                return true;
            }
        }

        return state.Frame?.Main is not null;
    }

    private static MainEnded End(Next next, Place place, FrameState frame, Walked walked)
    {
        var own = place.Frame is null;
        if (own && next.State.RejectedAt is { } rejected)
        {
            return new MainEnded(RunStatus.Rejected, "rejected", next.State.Step(rejected)?.Error?.Message, rejected, next.State.Step(rejected)?.Error);
        }

        if (frame.Stop is { } stop)
        {
            return new MainEnded(stop.Outcome == "failed" ? RunStatus.Failed : RunStatus.Succeeded, stop.Outcome, stop.Reason, null, null, place.Frame);
        }

        if (walked.Reach == Reach.Failed)
        {
            return new MainEnded(RunStatus.Failed, "failed", walked.Error!.Message, walked.Error.Step, walked.Error, place.Frame);
        }

        if (walked.Reach == Reach.Done)
        {
            return new MainEnded(RunStatus.Succeeded, null, null, null, null, place.Frame);
        }

        if (own && next.State.Cancel is { } cancel)
        {
            return new MainEnded(RunStatus.Cancelled, "cancelled", $"Cancelled by {cancel.By}{(cancel.Reason is null ? "." : ": " + cancel.Reason)}", null, null);
        }

        var late = own ? next.State.TimeRanOut : next.State.Step(place.Frame!)?.TimeRanOut == true;
        return late
            ? new MainEnded(RunStatus.Failed, "failed", "Its time ran out.", null, new StepError(FailureKind.TimedOut, $"'{place.Index.Playbook.Id}' ran out of its time."), place.Frame)
            : new MainEnded(RunStatus.Cancelled, "cancelled", "What called it was ended.", null, null, place.Frame);
    }
}
