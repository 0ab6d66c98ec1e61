using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Engine.Runs;
using Responder.Engine.Steps;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Planning;

/// <content>One kind of step after another.</content>
public sealed partial class Planner
{
    private async Task ActionAsync(ActionStep step, Place place, string path, int depth, string certainty, CancellationToken cancel)
    {
        var action = _connections.Catalog.Find(step.Uses);
        var connection = _connections.For(step.Uses, step.Connection);
        if (action is null || connection is null)
        {
            _steps.Add(Line(step, path, depth, certainty, note: action is null ? $"there is no action {step.Uses}" : $"no connection serves {step.Uses}"));
            return;
        }

        var effect = step.Effect ?? action.Effect;
        var (inputs, unknown, problem) = Resolve(step.With, place);
        var line = Line(step, path, depth, certainty, problem) with { Effect = effect, Connection = connection.Name, Inputs = inputs };
        if (effect == Effect.Read && !unknown && problem is null)
        {
            await ReadAsync(step, connection.Actions[step.Uses], line, inputs, path, cancel);
            return;
        }

        _steps.Add(effect == Effect.Read ? line : await WithPolicyAsync(step, action, connection, line, inputs, unknown, place, path, cancel));
        MarkUnknown(step, path, Markers(action, step.Id ?? path));
    }

    private async Task ReadAsync(ActionStep step, BoundAction bound, PlannedStep line, JsonElement inputs, string path, CancellationToken cancel)
    {
        Begin(step, path, null);
        try
        {
            var outcome = await bound.RunAsync(inputs, new PlanContext(path, _time, _artifacts, cancel));
            _steps.Add(line with { Outputs = outcome.Value });
            Say(new StepEnded(path, StepStatus.Succeeded, outcome.Kind, outcome.Value));
        }
        catch (ActionFailure failure)
        {
            _steps.Add(line with { Note = $"the read failed now: {failure.Message}" });
            Say(new StepEnded(path, StepStatus.Failed, Error: new StepError(failure.Kind, failure.Message)));
            _unknown.Add(path);
        }
    }

    private async Task<PlannedStep> WithPolicyAsync(
        ActionStep step, ActionDescriptor action, Connection connection, PlannedStep line, JsonElement inputs, bool unknown, Place place, string path, CancellationToken cancel)
    {
        IReadOnlyList<TargetFacts> targets = [];
        var note = line.Note;
        try
        {
            targets = await Targets.DescribeAsync(action, line.Effect!.Value, inputs, connection, cancel);
        }
        catch (ActionFailure failure)
        {
            note = unknown ? "what it acts on is not known yet; policy is asked when it is" : $"its target can't be read, so it would be refused: {failure.Message}";
        }

        var answer = _policy.Evaluate(new PolicyRequest(
            _plan.Root.Id, step.Uses, line.Effect!.Value, connection.Name, inputs, targets, Targets.Severity(_state.Created!.Alert), _time.GetUtcNow()));
        // A gate whose own condition is false is not asked; one that hangs on something not known may be.
        var own = step.Approval is { When: { } when } && Try(when.IsTrue, place, out var asked, out var hangs, out _) && !asked && !hangs ? null : step.Approval;
        var gated = answer.Verdict == PolicyVerdict.RequireApproval || own is not null;
        PlannedGate? gate = null;
        IReadOnlyList<string>? blast = null;
        if (gated)
        {
            try
            {
                var request = GateBuilder.ForAction(step, path, Inner(place), _policy, action, line.Effect.Value, connection.Name, inputs, targets, answer);
                gate = Gate(request);
                blast = request.BlastRadius;
            }
            catch (ExpressionFailure failure)
            {
                gate = new PlannedGate(step.Label, own?.Roles ?? answer.Roles, own?.Count ?? 1, own?.Choices ?? [], own?.Timeout?.TotalSeconds, own?.OnTimeout ?? "reject", answer.Roles.Count > 0);
                note ??= failure.Message;
            }
        }

        return line with { Policy = answer.Findings.Count > 0 ? answer : null, Gate = gate, BlastRadius = blast, Note = note };
    }

    private void Approval(ApprovalStep step, Place place, string path, int depth, string certainty)
    {
        PlannedGate? gate = null;
        string? note = null;
        try
        {
            gate = Gate(GateBuilder.ForApproval(step, path, Inner(place), _policy));
        }
        catch (ExpressionFailure failure)
        {
            note = failure.Message;
        }

        _steps.Add(Line(step, path, depth, certainty, note) with { Gate = gate });
        var id = step.Id ?? path;
        MarkUnknown(step, path, new { choice = $"‹steps.{id}.choice›", fields = new { }, by = $"‹steps.{id}.by›", comment = $"‹steps.{id}.comment›", at = $"‹steps.{id}.at›" });
    }

    private async Task<bool> IfAsync(IfStep step, Place place, string path, int depth, string certainty, CancellationToken cancel)
    {
        var known = Try(step.If.IsTrue, place, out var value, out var unknown, out _);
        if (known && !unknown)
        {
            _steps.Add(Line(step, path, depth, certainty, $"{step.If.Source} is {(value ? "true" : "false")}"));
            return await WalkAsync(value ? step.Then : step.Else, place, depth + 1, certainty, cancel);
        }

        _steps.Add(Line(step, path, depth, certainty, $"{step.If.Source} is not known yet: both ways are shown"));
        await WalkAsync(step.Then, place, depth + 1, "maybe", cancel);
        await WalkAsync(step.Else, place, depth + 1, "maybe", cancel);
        return true;
    }

    private async Task<bool> SwitchAsync(SwitchStep step, Place place, string path, int depth, string certainty, CancellationToken cancel)
    {
        var known = Try(step.Switch.Evaluate, place, out var value, out var unknown, out _);
        if (known && !unknown)
        {
            var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
            _steps.Add(Line(step, path, depth, certainty, $"{step.Switch.Source} is {text}"));
            return await WalkAsync(step.Cases.FirstOrDefault(one => one.Key == text).Value ?? step.Default, place, depth + 1, certainty, cancel);
        }

        _steps.Add(Line(step, path, depth, certainty, $"{step.Switch.Source} is not known yet: every case is shown"));
        foreach (var steps in step.Cases.Select(one => one.Value).Append(step.Default))
        {
            await WalkAsync(steps, place, depth + 1, "maybe", cancel);
        }

        return true;
    }

    private async Task<bool> ForeachAsync(ForeachStep step, Place place, string path, int depth, string certainty, CancellationToken cancel)
    {
        var known = Try(step.Foreach.Resolve, place, out var items, out var unknown, out _) && items.ValueKind == JsonValueKind.Array && !unknown;
        var count = known ? items.GetArrayLength() : 1;
        _steps.Add(Line(step, path, depth, certainty, !known
            ? "its list is not known yet: one pass is shown"
            : count > MostPasses ? $"{count} passes; the first {MostPasses} are shown" : $"{count} passes"));
        var list = known ? items : Values.Of(new[] { $"‹{step.As}›" });
        Begin(step, path, list);
        for (var index = 0; index < Math.Min(count, MostPasses); index++)
        {
            if (!known)
            {
                _unknownNames.Add(step.As);
            }

            await WalkAsync(step.Steps, place.In(step, index, list[index]), depth + 1, known ? certainty : "maybe", cancel);
            _unknownNames.Remove(step.As);
            Say(new PassEnded(path, index, StepStatus.Succeeded, null));
        }

        Say(new StepEnded(path, StepStatus.Succeeded));
        _unknown.Add(path);
        return true;
    }

    private async Task<bool> CallAsync(CallStep step, Place place, string path, int depth, string certainty, CancellationToken cancel)
    {
        var called = _plan.Playbooks[step.Call];
        var (given, _, problem) = Resolve(step.With, place);
        _steps.Add(Line(step, path, depth, certainty, problem ?? $"calls {step.Call}") with { Inputs = given });
        var inputs = new JsonObject();
        foreach (var input in called.Inputs)
        {
            inputs[input.Name] = given.TryGetProperty(input.Name, out var value) ? JsonNode.Parse(value.GetRawText())
                : Try<JsonElement>(input.Default is { } start ? start.Resolve : static _ => Values.Null, place, out var preset, out _, out _) ? JsonNode.Parse(preset.GetRawText()) : null;
        }

        var vars = new JsonObject();
        foreach (var (name, value) in called.Vars)
        {
            vars[name] = Try(value.Resolve, place, out var first, out _, out _) ? JsonNode.Parse(first.GetRawText()) : null;
        }

        Say(new StepStarted(path, step.Place, step.Id, step.Name, step.Kind, Inputs: JsonSerializer.SerializeToElement(inputs), Value: JsonSerializer.SerializeToElement(vars)));
        await WalkAsync(called.Steps, Place.Called(_plan, step, path), depth + 1, certainty, cancel);
        Say(new StepEnded(path, StepStatus.Succeeded, Outputs: Values.Of(called.Outputs.Keys.ToDictionary(name => name, name => $"‹steps.{step.Id ?? path}.{name}›"))));
        _unknown.Add(path);
        return true;
    }

    private void Set(SetStep step, Place place, string path, int depth, string certainty)
    {
        var (values, unknown, problem) = Resolve(step.Set, place);
        _steps.Add(Line(step, path, depth, certainty, problem) with { Inputs = values });
        Say(new StepStarted(path, step.Place, step.Id, step.Name, step.Kind, Value: values));
        Say(new StepEnded(path, StepStatus.Succeeded, Outputs: values));
        if (unknown || certainty == "maybe")
        {
            _unknownNames.Add("vars");
        }
    }

    private (JsonElement Inputs, bool Unknown, string? Problem) Resolve(IReadOnlyDictionary<string, ValueNode> values, Place place)
    {
        var inputs = new JsonObject();
        var unknown = false;
        string? problem = null;
        foreach (var (name, value) in values)
        {
            if (Try(value.Resolve, place, out var resolved, out var hangs, out var why))
            {
                inputs[name] = JsonNode.Parse(resolved.GetRawText());
            }
            else
            {
                inputs[name] = $"‹{string.Join(", ", value.Expressions().Select(one => one.Source))}›";
                problem ??= hangs ? null : why;
                hangs = true;
            }

            unknown |= hangs;
        }

        return (JsonSerializer.SerializeToElement(inputs, Json.Options), unknown, problem);
    }

    private RunScope Inner(Place place) =>
        new(_plan, _state, "plan", place, _time.GetUtcNow(), _connections.Serves, () => Values.Of(new { markdown = "‹report.markdown›" }));

    private static PlannedGate Gate(GateRequest request) =>
        new(request.Title, request.Roles, request.Count, request.Choices, request.Given, request.OnTimeout, request.AskedByPolicy);

    private static Dictionary<string, string> Markers(ActionDescriptor action, string id) =>
        action.Outputs.ToDictionary(output => output.Name, output => $"‹steps.{id}.{output.Name}›");
}
