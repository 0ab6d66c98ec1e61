using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary>What begins a step: its condition, and what it needs resolved once. The only place where a step's expressions are evaluated on the way in.</summary>
internal static class StepBegin
{
    public static IEnumerable<RunEvent> Events(Step step, string path, RunScope scope, IConnections connections)
    {
        if (step.When is { } when && !when.IsTrue(scope))
        {
            return [new StepSkipped(path, step.Place, step.Id, step.Name, step.Kind, (step as ActionStep)?.Uses)];
        }

        return step switch
        {
            ActionStep action => Action(action, path, scope, connections),
            ApprovalStep approval => [.. ApprovalKind.Begin(approval, path, scope)],
            IfStep branch => IfKind.Begin(branch, path, scope),
            SwitchStep choice => SwitchKind.Begin(choice, path, scope),
            ParallelStep parallel => ParallelKind.Begin(parallel, path),
            ForeachStep loop => ForeachKind.Begin(loop, path, scope),
            WhileStep loop => WhileKind.Begin(loop, path),
            TryStep attempt => TryKind.Begin(attempt, path),
            WaitStep wait => WaitKind.Begin(wait, path, scope),
            SetStep set => Set(set, path, scope),
            CallStep call => Call(call, path, scope),
            StopStep stop => Stop(stop, path, scope),
            _ => throw new InvalidOperationException($"No step of kind '{step.Kind}'."),
        };
    }

    private static List<RunEvent> Action(ActionStep step, string path, RunScope scope, IConnections connections)
    {
        var action = connections.Catalog.Find(step.Uses)
            ?? throw new ActionFailure(FailureKind.Invalid, $"This program has no action '{step.Uses}'.");
        return [new StepStarted(path, step.Place, step.Id, step.Name, step.Kind, step.Uses, step.Effect ?? action.Effect, Inputs(step, scope))];
    }

    private static JsonElement Inputs(ActionStep step, RunScope scope)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in step.With)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value.Resolve(scope)), skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static List<RunEvent> Set(SetStep step, string path, RunScope scope)
    {
        var values = Values.Of(step.Set.ToDictionary(one => one.Key, one => one.Value.Resolve(scope)));
        return [Block.Started(step, path, values), new StepEnded(path, StepStatus.Succeeded, Outputs: values)];
    }

    private static List<RunEvent> Stop(StopStep step, string path, RunScope scope)
    {
        var reason = step.Reason?.Resolve(scope) is { } text ? text.ValueKind == JsonValueKind.String ? text.GetString() : text.GetRawText() : null;
        return [Block.Started(step, path, null), new StepEnded(path, StepStatus.Succeeded, Stop: new StopSign(step.Outcome, reason))];
    }

    private static List<RunEvent> Call(CallStep step, string path, RunScope scope)
    {
        var called = scope.Plan.Playbooks[step.Call];
        var given = step.With.ToDictionary(one => one.Key, one => one.Value.Resolve(scope));
        var start = Matching.StartResolver.Resolve(called, scope.State.Created!.Alert, given, scope.Now);
        if (start.Start is null)
        {
            throw new ActionFailure(FailureKind.Invalid, $"Playbook '{step.Call}' can't start: {string.Join(' ', start.Problems.Select(one => one.Reason))}");
        }

        var inner = scope.At(Place.Called(scope.Plan, step, path)).With("inputs", start.Start.Inputs);
        var vars = Values.Of(called.Vars.ToDictionary(one => one.Key, one => one.Value.Resolve(inner)));
        return [new StepStarted(path, step.Place, step.Id, step.Name, step.Kind, Inputs: start.Start.Inputs, Value: vars)];
    }
}
