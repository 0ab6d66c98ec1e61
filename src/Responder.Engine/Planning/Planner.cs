using System.Collections.Concurrent;
using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Engine.Runs;
using Responder.Engine.Steps;
using Responder.Playbooks;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;

namespace Responder.Engine.Planning;

/// <summary>
/// A dry run: what would run with which inputs, behind which gates. Reads are done, effects never; what an effect would return is shown as
/// <c>‹steps.id.field›</c>, and a condition that hangs on it is shown both ways.
/// </summary>
public sealed partial class Planner
{
    private const int MostPasses = 10;

    private readonly Plan _plan;
    private readonly IConnections _connections;
    private readonly IPolicy _policy;
    private readonly TimeProvider _time;
    private readonly List<PlannedStep> _steps = [];
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknownNames = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _artifacts = new(StringComparer.Ordinal);
    private RunState _state = new();

    private Planner(Plan plan, IConnections connections, IPolicy policy, TimeProvider time)
    {
        _plan = plan;
        _connections = connections;
        _policy = policy;
        _time = time;
    }

    /// <summary>What a run would do.</summary>
    /// <param name="plan">The definition.</param>
    /// <param name="start">Inputs, resolved.</param>
    /// <param name="alert">The alert's normal form; null without one.</param>
    /// <param name="connections">Where reads are done.</param>
    /// <param name="policy">Policy.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<RunPlan> MakeAsync(
        Plan plan, Matching.PlannedStart start, JsonElement? alert, IConnections connections, IPolicy policy, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(time);
        var planner = new Planner(plan, connections, policy, time);
        var scope = new Matching.StartScope(alert ?? Values.Null, time.GetUtcNow()) { Inputs = start.Inputs };
        planner.Say(new RunCreated(
            plan.Root.Id, plan.Root.Name, plan.Hash, null, alert, start.Inputs, Values.Of(plan.Root.Vars.ToDictionary(one => one.Key, one => one.Value.Resolve(scope))),
            "plan", AutoAnswer.Ask, connections.Mode, null, null));
        planner.Say(new RunStarted());
        await planner.WalkAsync(plan.Root.Steps, Place.Root(plan), 0, "yes", cancel);
        if (plan.Root.Finally.Count > 0)
        {
            await planner.WalkAsync(plan.Root.Finally, Place.Root(plan), 0, "maybe", cancel);
        }

        return new RunPlan(plan.Root.Id, plan.Hash, start.Inputs, planner._steps);
    }

    /// <summary>False where the list certainly ends the run.</summary>
    private async Task<bool> WalkAsync(IReadOnlyList<Step> steps, Place place, int depth, string certainty, CancellationToken cancel)
    {
        foreach (var step in steps)
        {
            cancel.ThrowIfCancellationRequested();
            var path = place.PathOf(step);
            var here = certainty;
            if (step.When is { } when && Try(when.IsTrue, place, out var wanted, out var unknown, out var why))
            {
                if (!unknown && !wanted)
                {
                    _steps.Add(Line(step, path, depth, "no", note: $"when {when.Source} is false"));
                    Say(new StepSkipped(path, step.Place, step.Id, step.Name, step.Kind));
                    continue;
                }

                here = unknown ? "maybe" : certainty;
            }
            else if (step.When is not null)
            {
                here = "maybe";
            }

            if (!await StepAsync(step, place, path, depth, here, cancel) && here == "yes")
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> StepAsync(Step step, Place place, string path, int depth, string certainty, CancellationToken cancel)
    {
        switch (step)
        {
            case ActionStep action:
                await ActionAsync(action, place, path, depth, certainty, cancel);
                return true;
            case ApprovalStep approval:
                Approval(approval, place, path, depth, certainty);
                return true;
            case IfStep branch:
                return await IfAsync(branch, place, path, depth, certainty, cancel);
            case SwitchStep choice:
                return await SwitchAsync(choice, place, path, depth, certainty, cancel);
            case ParallelStep parallel:
                _steps.Add(Line(step, path, depth, certainty));
                var goesOn = true;
                foreach (var (_, steps) in parallel.Branches)
                {
                    goesOn &= await WalkAsync(steps, place, depth + 1, certainty, cancel);
                }

                return goesOn;
            case ForeachStep loop:
                return await ForeachAsync(loop, place, path, depth, certainty, cancel);
            case WhileStep loop:
                _steps.Add(Line(step, path, depth, certainty, note: $"while {loop.While.Source}, at most {loop.Max} times; the first pass is shown"));
                Begin(step, path, null);
                await WalkAsync(loop.Steps, place.In(loop, 0, null), depth + 1, "maybe", cancel);
                _unknown.Add(path);
                return true;
            case TryStep attempt:
                _steps.Add(Line(step, path, depth, certainty));
                var tried = await WalkAsync(attempt.Try, place, depth + 1, certainty, cancel);
                await WalkAsync(attempt.Catch, place, depth + 1, "maybe", cancel);
                return tried;
            case CallStep call:
                return await CallAsync(call, place, path, depth, certainty, cancel);
            case WaitStep wait:
                _steps.Add(Line(step, path, depth, certainty, note: wait.Event is { } name ? $"waits for the event '{name}'" : "waits"));
                MarkUnknown(step, path, new { });
                return true;
            case SetStep set:
                Set(set, place, path, depth, certainty);
                return true;
            case StopStep stop:
                _steps.Add(Line(step, path, depth, certainty, note: $"ends the run: {stop.Outcome}"));
                return false;
            default:
                return true;
        }
    }

    private void Say(RunEvent happened) => _state = Fold.Apply(_state, new JournalEntry(_state.Seq + 1, _time.GetUtcNow(), happened));

    private void Begin(Step step, string path, JsonElement? value) =>
        Say(new StepStarted(path, step.Place, step.Id, step.Name, step.Kind, (step as ActionStep)?.Uses, Value: value, Inputs: step is CallStep ? Values.EmptyObject : null));

    /// <summary>Something will come of it that nobody knows yet.</summary>
    private void MarkUnknown(Step step, string path, object outputs)
    {
        Begin(step, path, null);
        Say(new StepEnded(path, StepStatus.Succeeded, Outputs: Values.Of(outputs)));
        _unknown.Add(path);
    }

    private PlanScope Scope(Place place) => new(
        new RunScope(_plan, _state, "‹run.id›", place, _time.GetUtcNow(), _connections.Serves, () => Values.Of(new { markdown = "‹report.markdown›" })),
        id => place.See(id) is { } seen && (_unknown.Contains(seen.Path) || _state.Step(seen.Path) is null),
        _unknownNames);

    /// <summary>False where the expression failed, which in a dry run often means that it hangs on something not known.</summary>
    private bool Try<T>(Func<IScope, T> evaluate, Place place, out T value, out bool unknown, out string? why)
    {
        var scope = Scope(place);
        try
        {
            value = evaluate(scope);
            (unknown, why) = (scope.ReadUnknown, null);
            return true;
        }
        catch (ExpressionFailure failure)
        {
            (value, unknown, why) = (default!, scope.ReadUnknown, failure.Message);
            return false;
        }
    }

    private static PlannedStep Line(Step step, string path, int depth, string certainty, string? note = null) =>
        new(path, depth, step.Id, step.Name, step.Kind, certainty, (step as ActionStep)?.Uses, Note: note);
}
