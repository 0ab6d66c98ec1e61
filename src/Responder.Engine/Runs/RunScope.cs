using System.Text.Json;
using Responder.Engine.Steps;
using Responder.Playbooks;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;

namespace Responder.Engine.Runs;

/// <summary>What an expression of a run can see from one place at one time.</summary>
/// <param name="plan">What the run is pinned to.</param>
/// <param name="state">The fold of its journal.</param>
/// <param name="runId">Its id.</param>
/// <param name="place">From where.</param>
/// <param name="now">The time of the event being handled.</param>
/// <param name="serves">Whether a capability is configured.</param>
/// <param name="report">The incident report so far, as <c>{markdown}</c>.</param>
internal sealed class RunScope(
    Plan plan, RunState state, string runId, Place place, DateTimeOffset now, Func<string, bool> serves, Func<JsonElement> report) : IScope
{
    private Dictionary<string, JsonElement>? _more;

    public DateTimeOffset Now => now;

    public Plan Plan => plan;

    public RunState State => state;

    public Place Place => place;

    /// <summary>The same with another name: <c>result</c>, <c>response</c>, <c>event</c>, <c>inputs</c> of a playbook about to be called.</summary>
    public RunScope With(string name, JsonElement value)
    {
        var scope = new RunScope(plan, state, runId, place, now, serves, report) { _more = _more is null ? [] : new(_more) };
        scope._more[name] = value;
        return scope;
    }

    public RunScope At(Place other) => new(plan, state, runId, other, now, serves, report);

    public ScopeValue Get(string name)
    {
        if (_more is not null && _more.TryGetValue(name, out var more))
        {
            return new ScopeValue(more);
        }

        for (var pass = place.Pass; pass is not null; pass = pass.Outer)
        {
            if (pass.Loop is ForeachStep loop && loop.As == name)
            {
                return new ScopeValue(pass.Item ?? Values.Null);
            }
        }

        return name switch
        {
            "alert" => new ScopeValue(state.Created!.Alert ?? Values.Null),
            "inputs" => new ScopeValue(Frame.Inputs),
            "vars" => new ScopeValue(Values.Of(Frame.Vars)),
            "steps" => new ScopeValue(new Outputs(this)),
            "run" => new ScopeValue(new RunObject(this)),
            "report" => new ScopeValue(report()),
            "connectors" => new ScopeValue(new Connectors(serves)),
            "index" when place.Pass is { } pass => new ScopeValue(Values.Of(pass.Index)),
            "error" => new ScopeValue(Error()),
            "failure" => new ScopeValue(Failure()),
            _ => ScopeValue.Null,
        };
    }

    private FrameState Frame => place.Frame is null ? state.Frame! : state.Step(place.Frame)!.Frame!;

    private JsonElement Error()
    {
        // The nearest try that is at its catch, or the step whose on_error list is running.
        foreach (var path in state.Open)
        {
            if (state.Step(path) is { Kind: "try" } open
                && place.Index.ByPlace.GetValueOrDefault(open.Place) is TryStep step
                && TryKind.FailedIn(state, step, place) is { Error: { } error })
            {
                return Values.Of(error);
            }
        }

        var last = state.Steps.Values.Where(one => one.Error is not null && one.Status.IsEnd()).MaxBy(one => one.EndedAt);
        return last is null ? Values.Null : Values.Of(last.Error);
    }

    private JsonElement Failure() => Frame.Main is { Error: { } error } main
        ? Values.Of(new { step = main.Step is null ? null : state.Step(main.Step)?.Id ?? main.Step, message = error.Message, error })
        : Values.Null;

    /// <summary><c>steps</c>: a step's outputs and nothing else; a loop's passes as a list.</summary>
    private sealed class Outputs(RunScope scope) : ScopeObject
    {
        public override string Name => "steps";

        public override IEnumerable<string> Keys => scope.Place.Index.ById.Keys;

        public override ScopeValue Get(string key)
        {
            if (scope.Place.See(key) is not { } seen || scope.State.Step(seen.Path) is not { } step)
            {
                return ScopeValue.Null;
            }

            return seen.Step is ForeachStep or WhileStep
                ? new ScopeValue(LoopPasses.Of(scope.State, scope.Place, seen.Step, step))
                : step.Outputs is { } outputs ? new ScopeValue(outputs) : ScopeValue.Null;
        }
    }

    private sealed class RunObject(RunScope scope) : ScopeObject
    {
        public override string Name => "run";

        public override IEnumerable<string> Keys => ["id", "started_at", "url", "playbook", "steps"];

        public override ScopeValue Get(string key) => key switch
        {
            "id" => new ScopeValue(Values.Of(scope.RunId)),
            "started_at" => new ScopeValue(Values.Of(scope.State.StartedAt ?? scope.State.CreatedAt)),
            "url" => new ScopeValue(Values.Of(scope.State.Created!.Url)),
            "playbook" => new ScopeValue(Values.Of(scope.Place.Index.Playbook.Id)),
            "steps" => new ScopeValue(new Known(scope)),
            _ => ScopeValue.Null,
        };

    }

    private string RunId => runId;

    /// <summary><c>run.steps</c>: what the engine knows of every step, run or not.</summary>
    private sealed class Known(RunScope scope) : ScopeObject
    {
        public override string Name => "run.steps";

        public override IEnumerable<string> Keys => scope.Place.Index.ById.Keys;

        public override ScopeValue Get(string key)
        {
            var step = scope.Place.See(key) is { } seen ? scope.State.Step(seen.Path) : null;
            return new ScopeValue(Values.Of(new
            {
                status = step?.Status ?? StepStatus.Pending,
                error = step?.Error is { } error ? new { error.Kind, error.Code, error.Message } : null,
                outcome = step?.Outcome,
                attempts = step?.Attempts ?? 0,
                started_at = step?.StartedAt,
                ended_at = step?.EndedAt,
            }));
        }
    }

    private sealed class Connectors(Func<string, bool> serves) : ScopeObject
    {
        public override string Name => "connectors";

        public override IEnumerable<string> Keys => [];

        public override ScopeValue Get(string key) => new(Values.Of(serves(key)));
    }
}
