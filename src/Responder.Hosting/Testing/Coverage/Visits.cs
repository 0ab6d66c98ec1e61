using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Runs;
using Responder.Hosting.Testing.Cases;
using Responder.Hosting.Testing.Checks;
using Responder.Playbooks.Language;

namespace Responder.Hosting.Testing.Coverage;

/// <summary>What of its playbooks a run has run.</summary>
internal static class Visits
{
    public static IReadOnlySet<CoverageKey> Of(RunHistory history, StepNames names)
    {
        var visits = new HashSet<CoverageKey>();
        foreach (var path in history.Paths)
        {
            var named = names.Of(path);
            foreach (var way in Ways(named.Step, history.State.Step(path)!, history.Ran(path)))
            {
                visits.Add(new CoverageKey(named.Playbook.Id, named.Step.Place, way));
            }

            if (Catching(named.Step.Place) is { } attempt)
            {
                visits.Add(new CoverageKey(named.Playbook.Id, attempt, "catch"));
            }
        }

        foreach (var gate in history.Gates)
        {
            var (playbook, step, _, _) = names.Of(gate.Path);
            foreach (var way in new[] { gate.Choice, gate.How == Items.Deadline || gate.Escalated ? Items.Deadline : null }.OfType<string>())
            {
                visits.Add(new CoverageKey(playbook.Id, step.Place, way));
            }
        }

        return visits;
    }

    private static IEnumerable<string> Ways(Step step, StepState state, bool ran)
    {
        if (ran)
        {
            yield return string.Empty;
        }

        if (state.Status == StepStatus.Skipped)
        {
            yield return Items.Skipped;
        }

        if (state.Status == StepStatus.TimedOut && step.OnTimeout is not null)
        {
            yield return Items.TimedOut;
        }

        if (state is { Status: StepStatus.Failed or StepStatus.TimedOut or StepStatus.Rejected, Error: { } error } && Items.ErrorWay(step, error.Kind) is { } after)
        {
            yield return after;
        }

        if (step is IfStep && state.Value is { ValueKind: JsonValueKind.True or JsonValueKind.False } condition)
        {
            yield return condition.GetBoolean() ? "then" : "else";
        }

        if (step is SwitchStep choice && state.Value is { ValueKind: JsonValueKind.String } value)
        {
            yield return choice.Cases.Any(one => one.Key == value.GetString()) ? value.GetString()! : "default";
        }
    }

    /// <summary>The place of the try whose catch a step begins: <c>steps[3]</c> of <c>steps[3].catch[0]</c>.</summary>
    private static string? Catching(string place) => place.EndsWith(".catch[0]", StringComparison.Ordinal) ? place[..^".catch[0]".Length] : null;
}
