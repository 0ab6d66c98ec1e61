using System.Text.Json;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary><c>approval</c> alone: asks people and waits; what they chose is its result.</summary>
internal static class ApprovalKind
{
    public static Walked Advance(Next next, ApprovalStep step, StepState state, Place place, bool closing)
    {
        if (state.Gate is not { } gate)
        {
            if (closing)
            {
                next.Say(new StepEnded(state.Path, StepStatus.Cancelled));
            }
            else
            {
                next.Do(new Ask(step, place, state.Path));
            }

            return Walked.Work;
        }

        if (gate.IsOpen)
        {
            return GateRules.Advance(next, state, gate, closing);
        }

        var last = gate.Answers.LastOrDefault(answer => answer.Choice == gate.Choice);
        var outputs = JsonSerializer.SerializeToElement(
            new { choice = gate.Choice, fields = last?.Fields, by = last?.By, comment = last?.Comment, at = Json.Time(gate.ClosedAt!.Value) }, Json.Options);
        next.Say(gate.How == GateRules.Cancelled
            ? new StepEnded(state.Path, StepStatus.Cancelled)
            : gate.Choice == GateRules.Reject
                ? GateRules.Rejected(state, step.Approval, outputs)
                : new StepEnded(state.Path, StepStatus.Succeeded, Outputs: outputs));
        return Walked.Work;
    }

    public static IEnumerable<RunEvent> Begin(ApprovalStep step, string path, RunScope scope)
    {
        yield return new StepStarted(path, step.Place, step.Id, step.Name, step.Kind);
        if (step.Approval.When is { } when && !when.IsTrue(scope))
        {
            yield return new StepEnded(path, StepStatus.Skipped);
        }
    }
}
