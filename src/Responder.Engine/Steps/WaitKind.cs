using System.Globalization;
using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary><c>wait</c>: for a duration, until a time, or for an event.</summary>
internal static class WaitKind
{
    public static Walked Advance(Next next, WaitStep step, StepState state, Place place, bool closing)
    {
        if (state.Taken is { } taken)
        {
            next.Say(new StepEnded(state.Path, StepStatus.Succeeded, Outputs: taken.Payload));
            return Walked.Work;
        }

        if (closing)
        {
            next.Say(new StepEnded(state.Path, StepStatus.Cancelled));
            return Walked.Work;
        }

        if (state.Due is { } due)
        {
            if (due > next.Now)
            {
                next.WakeAt(due);
            }
            else if (step.Event is null)
            {
                next.Say(new StepEnded(state.Path, StepStatus.Succeeded));
                return Walked.Work;
            }
            else
            {
                return next.EndTimedOut(step, state, place);
            }
        }

        if (step.Event is { } name)
        {
            next.Do(new LookForEvent(step, place, state.Path, name));
        }

        return Walked.For(Waits.Event);
    }

    public static IEnumerable<RunEvent> Begin(WaitStep step, string path, RunScope scope)
    {
        var due = step switch
        {
            { For: { } duration } => scope.Now + Values.Duration(duration.Resolve(scope), "wait"),
            { Until: { } until } => Time(until.Resolve(scope)),
            _ => step.Timeout is { } limit ? scope.Now + limit : (DateTimeOffset?)null,
        };
        return [new StepStarted(path, step.Place, step.Id, step.Name, step.Kind, Due: due, AwaitsEvent: step.Event)];
    }

    private static DateTimeOffset Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new ActionFailure(FailureKind.Invalid, $"'wait: {{until: …}}' takes a time, RFC 3339; this is {Values.Describe(value)}.");
}
