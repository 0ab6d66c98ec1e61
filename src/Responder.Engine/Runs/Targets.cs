using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Runs;

/// <summary>What an action acts on, by its marked fields.</summary>
internal static class Targets
{
    /// <summary>Reads the facts of hosts and accounts from the connection; a target that can't be read fails, it is never let through.</summary>
    public static async Task<IReadOnlyList<TargetFacts>> DescribeAsync(
        ActionDescriptor action, Effect effect, JsonElement inputs, Connection connection, CancellationToken cancel)
    {
        var found = new List<TargetFacts>();
        foreach (var field in action.Targets)
        {
            if (!inputs.TryGetProperty(field.Name, out var value) || value.ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            var kind = field.Target!.Value;
            var read = effect is Effect.Contain or Effect.Destroy && kind is TargetKind.Host or TargetKind.User or TargetKind.DirectoryUser or TargetKind.Computer;
            if (!read)
            {
                found.Add(new TargetFacts(kind, text, [text], []));
            }
            else if (connection.Describer is { } describer)
            {
                found.Add(await describer.DescribeAsync(kind, text, cancel));
            }
            else
            {
                throw new ActionFailure(FailureKind.RejectedByPolicy, $"The connection '{connection.Name}' can't say what '{text}' is; what can't be read is refused.");
            }
        }

        return found;
    }

    /// <summary>What an effect locks: hosts and accounts, by canonical id.</summary>
    public static IReadOnlyList<TargetKey> Locks(string connection, IReadOnlyList<TargetFacts> targets) =>
        [.. targets.Where(target => target.Kind is TargetKind.Host or TargetKind.User or TargetKind.DirectoryUser or TargetKind.Computer).Select(target => Key(connection, target))];

    public static TargetKey Key(string connection, TargetFacts target) =>
        new(connection, $"{Json.Word(target.Kind)}:{target.Id.ToLowerInvariant()}");

    public static int? Severity(JsonElement? alert) =>
        alert is { ValueKind: JsonValueKind.Object } one && one.TryGetProperty("severity_score", out var score) && score.ValueKind == JsonValueKind.Number && score.TryGetInt32(out var number) ? number : null;
}
