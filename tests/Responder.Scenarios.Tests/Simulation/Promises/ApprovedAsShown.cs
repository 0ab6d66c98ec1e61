using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>5: an approval is for what was shown, and good for an hour.</summary>
internal sealed class ApprovedAsShown(World world) : Promise(world)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(60);

    public override int Number => 5;

    public override void AtEnd()
    {
        foreach (var run in World.Record.Runs)
        {
            foreach (var entry in run.Entries)
            {
                if (entry.Event is IntentRecorded intent)
                {
                    Judge(run, entry.Seq, entry.At, intent);
                }
            }
        }
    }

    private void Judge(RunRecord run, long seq, DateTimeOffset at, IntentRecorded intent)
    {
        var step = run.State.Step(intent.Path)!;
        var before = run.Of(intent.Path).TakeWhile(entry => entry.Seq < seq).ToList();
        var needed = intent.Policy.Verdict == PolicyVerdict.RequireApproval || StepIn(run, step) is { Approval: not null };
        if (intent.Policy.Verdict == PolicyVerdict.Refuse)
        {
            Broken($"run {run.RunId} {intent.Path}: policy refused it.");
        }

        if (!needed)
        {
            return;
        }

        var closed = before.LastOrDefault(entry => entry.Event is GateClosed one && one.GateId == intent.GateId);
        var asked = before.Select(entry => entry.Event).OfType<GateAsked>().LastOrDefault(one => one.Gate.Id == intent.GateId);
        var hash = GateBuilder.HashOf(step.Action!, intent.Connection, step.Inputs!.Value, intent.Targets, run.State.Created!.DefinitionHash);
        if (closed?.Event is not GateClosed { Choice: "approve" } end || asked is null)
        {
            Broken($"run {run.RunId} {intent.Path}: {step.Action} needs an approval and its intent has none (gate {intent.GateId}).");
        }
        else if (asked.Gate.Hash != hash)
        {
            Broken($"run {run.RunId} {intent.Path}: what was approved is not what was intended.");
        }
        else if (at - closed.At > Life)
        {
            Broken($"run {run.RunId} {intent.Path}: its approval was {at - closed.At} old.");
        }
        else if (end.How == "deadline" && asked.Gate.AskedByPolicy)
        {
            Broken($"run {run.RunId} {intent.Path}: a deadline answered a gate that policy asked for.");
        }
        else if (end.How == "answered" && before.Select(entry => entry.Event).OfType<GateAnswered>()
            .Where(one => one.GateId == intent.GateId && one.Choice == "approve").Select(one => one.By).Distinct().Count() < asked.Gate.Count)
        {
            Broken($"run {run.RunId} {intent.Path}: fewer than {asked.Gate.Count} approved it.");
        }
    }

    private ActionStep? StepIn(RunRecord run, StepState step)
    {
        var plan = World.Library.Of(run.State.Created!.DefinitionHash);
        var playbook = step.Path.Contains(".call.", StringComparison.Ordinal) ? plan.Playbooks["sub"] : plan.Root;
        return playbook.AllSteps().First(one => one.Place == step.Place) as ActionStep;
    }
}
