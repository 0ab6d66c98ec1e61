using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>Nothing waits for ever, silently.</summary>
internal sealed class WaitsEnd : Rule
{
    public override string Id => "RSP073";

    public override string Title => "A wait for an event has a `timeout`; so has whatever has an `on_timeout`.";

    public override ProblemLevel Level => ProblemLevel.Warning;

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var step in draft.Playbook?.AllSteps().Where(step => step.Timeout is null) ?? [])
        {
            if (step is WaitStep { Event: { } name })
            {
                findings.Add(draft.NodeOf(step).AtKey("wait"), $"this waits for `{name}` until the run's own end", "say timeout: 1d, and on_timeout for what is to be taken then");
            }
            else if (step.OnTimeout is not null && step is not ApprovalStep && !StepFacts.IsAsk(step, draft))
            {
                findings.Add(draft.NodeOf(step).AtKey("on_timeout"), "there is no `timeout` that could run out", "say timeout: 5m");
            }
        }
    }
}
