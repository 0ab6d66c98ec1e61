using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary>Follows lists of steps: what each sees, and what is known behind it.</summary>
internal sealed class StepWalk(Draft draft, StepIndex index, ReferenceCheck check, ScopeReport report)
{
    /// <summary>Follows a list; gives what is in scope behind it.</summary>
    public Env Walk(IReadOnlyList<Step> steps, Env env)
    {
        var told = false;
        foreach (var step in steps)
        {
            if (!env.Reachable && !told)
            {
                report.Unreachable.Add(step);
                told = true;
            }

            // What is behind a stop is looked at as if it could be reached.
            var after = One(step, env with { Reachable = true });
            env = after with { Reachable = env.Reachable && after.Reachable, Current = env.Current, Locals = env.Locals, Regions = env.Regions, Loops = env.Loops };
        }

        return env;
    }

    private Env One(Step step, Env before)
    {
        var here = before with { Current = step };
        check.Expression(step.When, here);
        var env = here.Knowing(Conditions.WhereTrue(step.When, index.Ids));
        var after = Kind(step, env);
        check.Value(step.OnTimeout, env);
        if (step.Retry?.Until is { } until)
        {
            check.Expression(until, env.With("result", ResultOf(step)));
        }

        after = OnErrors(step, env, after);
        if (step.When is null)
        {
            return after;
        }

        var skipped = before.Knowing(Conditions.WhereFalse(step.When, index.Ids)).Seeing(step.Id, certain: false);
        return Env.Join(before, [after, skipped]);
    }

    /// <summary>What is known behind a step that may fail and let the run go on.</summary>
    private Env OnErrors(Step step, Env env, Env after)
    {
        // In its place, none of it need have run, nor have a result.
        var failed = env.MaySee(after.Visible).Seeing(step.Id, certain: false);
        var ways = new List<Env> { after.Reachable ? after.Seeing(step.Id, certain: !IsRejectedAndGoesOn(step)) : after };
        foreach (var (_, steps) in step.OnError.AllLists())
        {
            ways.Add(Walk(steps, failed));
        }

        if (step.OnError.Default.Continue || step.OnError.ByKind.Values.Any(action => action.Continue))
        {
            ways.Add(failed);
        }

        return ways.Count == 1 ? ways[0] : Env.Join(env, ways);
    }

    private Env Kind(Step step, Env env) => step switch
    {
        ActionStep action => Action(action, env),
        ApprovalStep approval => Gate(approval.Approval, env),
        IfStep choice => If(choice, env),
        SwitchStep choice => Switch(choice, env),
        ParallelStep parallel => Env.All(env, [.. parallel.Branches.Select(branch =>
            Walk(branch.Value, env with { Regions = env.Regions.Add(new Region($"branch `{branch.Key}`")) }))]),
        ForeachStep loop => Foreach(loop, env),
        WhileStep loop => While(loop, env),
        TryStep attempt => Try(attempt, env),
        WaitStep wait => Wait(wait, env),
        SetStep set => Set(set, env),
        CallStep call => Values(call.With, env),
        StopStep stop => check.Value(stop.Reason, env) with { Reachable = false },
        _ => env,
    };

    private Env Action(ActionStep step, Env env)
    {
        Values(step.With, env);
        if (step.Approval is { } gate)
        {
            Gate(gate, env);
        }

        if (step.Probe is { } probe)
        {
            Values(probe.With, env);
            check.Expression(probe.Happened, env.With("response", ResultOf(step)));
        }

        if (step.Undo is { Count: > 0 } undo)
        {
            Walk(undo, env.Seeing(step.Id, certain: true));
        }

        return env;
    }

    private Env Gate(Approval gate, Env env)
    {
        check.Value(gate.Title, env);
        check.Expression(gate.When, env);
        foreach (var shown in gate.Evidence)
        {
            check.Expression(shown, env);
        }

        foreach (var field in gate.Fields)
        {
            check.Value(field.Default, env);
        }

        return env;
    }

    private Env If(IfStep step, Env env)
    {
        check.Expression(step.If, env);
        return Env.Join(env, [
            Walk(step.Then, env.Knowing(Conditions.WhereTrue(step.If, index.Ids))),
            Walk(step.Else, env.Knowing(Conditions.WhereFalse(step.If, index.Ids))),
        ]);
    }

    private Env Switch(SwitchStep step, Env env)
    {
        check.Expression(step.Switch, env);
        return Env.Join(env, [.. step.Cases.Select(one => Walk(one.Value, env)), Walk(step.Default, env)]);
    }

    private Env Foreach(ForeachStep step, Env env)
    {
        check.Value(step.Foreach, env);
        var inside = env.With(step.As, FieldType.Any).With("index", FieldType.Scalar);
        Walk(step.Steps, inside with
        {
            Loops = env.Loops.Add(step),
            Regions = step.AtOnce > 1 ? env.Regions.Add(new Region($"the loop at line {step.At.Line} (at_once: {step.AtOnce})")) : env.Regions,
        });
        return env;
    }

    private Env While(WhileStep step, Env env)
    {
        var inside = env.With("index", FieldType.Scalar) with { Loops = env.Loops.Add(step) };

        // The test sees the pass before; before the first there is none.
        check.Expression(step.While, inside.MaySee(StepIndex.Inside(step.Steps)));
        Walk(step.Steps, inside.Knowing(Conditions.WhereTrue(step.While, index.Ids)));
        return env;
    }

    private Env Try(TryStep step, Env env)
    {
        var tried = Walk(step.Try, env);
        var caught = Walk(step.Catch, env.MaySee(StepIndex.Inside(step.Try)).With("error", KnownNames.Error));
        return Env.Join(env, [tried, caught]);
    }

    private Env Wait(WaitStep step, Env env)
    {
        check.Value(step.For, env);
        check.Value(step.Until, env);
        check.Expression(step.Match, env.With("event", FieldType.Any));
        return env;
    }

    private Env Set(SetStep step, Env env)
    {
        foreach (var (name, _) in step.Set)
        {
            report.Variables.Add(new VariableUse(name, true, draft.NodeOf(step).Find("set")?.Value is Language.Yaml.YamlMap map ? map.AtKey(name) : step.At, env.Regions));
        }

        return Values(step.Set, env);
    }

    private Env Values(IReadOnlyDictionary<string, ValueNode> values, Env env)
    {
        foreach (var (_, value) in values)
        {
            check.Value(value, env);
        }

        return env;
    }

    private FieldType ResultOf(Step step) => step is ActionStep action && draft.ActionOf(action) is { } known ? StepResults.Of(known) : FieldType.Any;

    private static bool IsRejectedAndGoesOn(Step step) => step switch
    {
        ActionStep { Approval.SkipOnReject: true } => true,
        ApprovalStep { Approval.SkipOnReject: true } => true,
        _ => false,
    };
}
