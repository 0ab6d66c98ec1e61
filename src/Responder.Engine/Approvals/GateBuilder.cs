using System.Security.Cryptography;
using System.Text.Json;
using Responder.Engine.Policy;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Approvals;

/// <summary>Puts together what a gate shows: the playbook's part and policy's joined, the stricter of each.</summary>
internal static class GateBuilder
{
    private static readonly string[] Analyst = ["analyst"];

    public static GateRequest ForApproval(ApprovalStep step, string path, RunScope scope, IPolicy policy)
    {
        var title = Title(step.Approval, scope) ?? step.Name ?? $"Step '{step.Label}' waits for a decision.";
        var evidence = Evidence(step.Approval, scope);
        var request = Common(step.Approval, path, scope, policy, PolicyAnswer.Allowed, title);
        return request with
        {
            Evidence = evidence,
            Hash = Hash(new { title, evidence, request.Choices, request.Fields, scope.State.Created!.DefinitionHash }),
        };
    }

    public static GateRequest ForAction(
        ActionStep step, string path, RunScope scope, IPolicy policy, ActionDescriptor action, Effect effect, string connection, JsonElement inputs,
        IReadOnlyList<TargetFacts> targets, PolicyAnswer answer, string? listed = null)
    {
        var own = step.Approval;
        var names = string.Join(", ", targets.Select(target => target.Names.Count > 0 ? target.Names[0] : target.Id));
        var title = (own is null ? null : Title(own, scope)) ?? step.Name ?? (names.Length == 0 ? action.Name : $"{action.Name} on {names}");
        return Common(own, path, scope, policy, answer, title) with
        {
            Action = action.Name,
            Effect = effect,
            Connection = connection,
            Inputs = inputs,
            Targets = targets,
            Policy = answer,
            Evidence = own is null ? [] : Evidence(own, scope),
            BlastRadius = [.. listed is null ? Array.Empty<string>() : [listed], .. Blast(action, targets)],
            Hash = HashOf(action.Name, connection, inputs, targets, scope.State.Created!.DefinitionHash),
        };
    }

    /// <summary>What an approval is for: action, connection, resolved inputs, target facts and definition.</summary>
    public static string HashOf(string action, string connection, JsonElement inputs, IReadOnlyList<TargetFacts> targets, string definition) => Hash(new
    {
        action,
        connection,
        inputs,
        targets = targets.Select(target => new { target.Kind, target.Id, target.Names, target.Tags, target.Role, target.Groups }),
        definition,
    });

    private static GateRequest Common(Approval? own, string path, RunScope scope, IPolicy policy, PolicyAnswer answer, string title)
    {
        var byPolicy = answer.Verdict == PolicyVerdict.RequireApproval;
        var given = Earlier(own?.Timeout, byPolicy || own?.Timeout is null ? policy.DefaultGateTime : null);
        var created = scope.State.Created!;
        var onTimeout = own?.OnTimeout ?? GateRules.Reject;
        return new GateRequest
        {
            Id = "ap" + Hash($"{created.DefinitionHash}|{scope.Get("run").Lazy!.Get("id").Json.GetString()}|{path}|{scope.State.Seq}")[7..23],
            Title = title,
            Why = Why(created),
            Roles = RoleRanks.Stricter(own is { Roles.Count: > 0 } ? own.Roles : Analyst, byPolicy ? answer.Roles : []),
            Count = Math.Max(own?.Count ?? 1, byPolicy ? answer.Count : 1),
            Choices = own is { Choices.Count: > 0 } ? own.Choices : [GateRules.Approve, GateRules.Reject],
            Fields = Fields(own, scope),
            Given = given.TotalSeconds,
            Deadline = scope.Now + given,
            RemindEvery = policy.RemindEvery?.TotalSeconds,
            OnTimeout = byPolicy && onTimeout is not (GateRules.Reject or GateRules.Escalate) ? GateRules.Reject : onTimeout,
            EscalateTo = own?.EscalateTo ?? [],
            AskedByPolicy = byPolicy,
            Requester = created.StartedBy.StartsWith("user:", StringComparison.Ordinal) || created.StartedBy.StartsWith("key:", StringComparison.Ordinal) ? created.StartedBy : null,
            Hash = string.Empty,
        };
    }

    private static string? Title(Approval approval, RunScope scope) =>
        approval.Title?.Resolve(scope) is { } title ? title.ValueKind == JsonValueKind.String ? title.GetString() : title.GetRawText() : null;

    private static string Why(Journal.RunCreated created)
    {
        var title = created.Alert is { ValueKind: JsonValueKind.Object } alert && alert.TryGetProperty("title", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        return title is null ? created.PlaybookName : $"{created.PlaybookName}: {title}";
    }

    private static List<EvidenceItem> Evidence(Approval approval, RunScope scope) =>
        [.. approval.Evidence.Select(line => new EvidenceItem(line.Source, line.Evaluate(scope)))];

    private static List<GateField> Fields(Approval? approval, RunScope scope) => [.. (approval?.Fields ?? []).Select(input => new GateField(
        input.Name, input.Type.ToString(), input.Description, input.Required, input.Default?.Resolve(scope), input.Enum, input.Pattern))];

    private static List<string> Blast(ActionDescriptor action, IReadOnlyList<TargetFacts> targets)
    {
        var lines = targets.Select(target => string.Join(", ", new[]
        {
            $"{Kind(target.Kind)} {(target.Names.Count > 0 ? target.Names[0] : target.Id)}",
            target.Role,
            target.Owner is null ? null : $"used by {target.Owner}",
            target.Groups is { Count: > 0 } groups ? $"in {string.Join(", ", groups.Take(5))}{(groups.Count > 5 ? $" and {groups.Count - 5} more groups" : string.Empty)}" : null,
        }.Where(part => !string.IsNullOrEmpty(part)))).ToList();
        lines.Add(action.Undo is { } undo ? $"Can be taken back by {undo}." : action.NoUndo is { } why ? $"Can't be taken back: {why}." : "Can't be taken back.");
        return lines;
    }

    private static string Kind(TargetKind kind) => Json.Word(kind).Replace('_', ' ');

    private static TimeSpan Earlier(TimeSpan? one, TimeSpan? other) => one is { } a && other is { } b ? (a < b ? a : b) : one ?? other!.Value;

    private static string Hash<T>(T value) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value, Json.Options)));
}
