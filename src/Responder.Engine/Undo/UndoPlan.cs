using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Sdk;

namespace Responder.Engine.Undo;

/// <summary>What taking a run's effects back would do: the inverses of what did happen, in reverse order, and what can't be undone.</summary>
/// <param name="Inverses">What would be called, in order.</param>
/// <param name="Left">What stays as it is, and why.</param>
public sealed record UndoPlan(IReadOnlyList<UndoStep> Inverses, IReadOnlyList<UndoLeft> Left)
{
    /// <summary>Plans the undo of a run.</summary>
    /// <param name="journal">The run's journal.</param>
    /// <param name="ledger">The ledger's lines of this run, oldest first.</param>
    /// <param name="inForce">The ledger's lines of all containment in force.</param>
    /// <param name="connections">What is configured now.</param>
    /// <param name="runId">The run.</param>
    public static UndoPlan Of(
        IReadOnlyList<JournalEntry> journal, IReadOnlyList<EffectRow> ledger, IReadOnlyList<EffectRow> inForce, IConnections connections, string runId)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(inForce);
        ArgumentNullException.ThrowIfNull(connections);
        var state = Fold.All(journal);
        var inverses = new List<UndoStep>();
        var left = new List<UndoLeft>();
        foreach (var row in ledger.Where(row => row.Status is "done" or "already_so" or "in_doubt" or "pending").Reverse())
        {
            var step = state.Step(row.Path)!;
            if (row.Effect == Effect.Record)
            {
                if (Reopening.Of(row, step, connections) is { } reopened)
                {
                    inverses.Add(reopened);
                }

                continue;
            }

            // The path of a deletion is no target of its own: its host's line tells it.
            if (row.Effect is not (Effect.Contain or Effect.Destroy) || (row.Effect == Effect.Destroy && left.Exists(one => one.Path == row.Path)))
            {
                continue;
            }

            if (WhyNot(row, connections) is { } why)
            {
                left.Add(new UndoLeft(row.Action, What(row, step), row.Path, why, Manifest(step)));
                continue;
            }

            var inverse = connections.Catalog.Find(connections.Catalog.Find(row.Action)!.Undo!)!;
            var given = step.Inputs!.Value;
            inverses.Add(new UndoStep(
                inverse.Name,
                row,
                inverse.Targets.Where(field => given.TryGetProperty(field.Name, out _)).ToDictionary(field => field.Name, field => given.GetProperty(field.Name)))
            {
                HeldToo = inForce.FirstOrDefault(one => one.RunId != runId && one.Connection == row.Connection && one.Target == row.Target && one.Action == row.Action)?.RunId,
            });
        }

        return new UndoPlan(inverses, left);
    }

    private static string? WhyNot(EffectRow row, IConnections connections)
    {
        var action = connections.Catalog.Find(row.Action);
        if (action?.Undo is null)
        {
            return action?.NoUndo ?? (row.Effect == Effect.Destroy ? "what was destroyed can't be given back" : "it has no inverse");
        }

        if (row.Status == "in_doubt")
        {
            return "nobody knows yet whether it happened; settle the step first";
        }

        if (row.Status == "already_so" || !row.BeforeFree)
        {
            return "it was so before the run, by somebody else";
        }

        return connections.Named(row.Connection) is { } connection && connection.Actions.ContainsKey(action.Undo)
            ? null
            : $"the connection '{row.Connection}' is no longer configured";
    }

    private static string What(EffectRow row, StepState step) =>
        row.Effect == Effect.Destroy && step.Inputs is { } inputs && inputs.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String
            ? $"{path.GetString()} on {(step.Intent?.Targets.FirstOrDefault(target => target.Kind == TargetKind.Host)?.Names is [var host, ..] ? host : row.TargetName)}"
            : row.TargetName;

    private static ArtifactRef? Manifest(StepState step) =>
        step.Inputs is { } inputs && inputs.TryGetProperty("manifest", out var manifest) && manifest.ValueKind == JsonValueKind.Object ? manifest.Deserialize<ArtifactRef>(Json.Options) : null;
}

/// <summary>An inverse to call.</summary>
/// <param name="Action">The inverse.</param>
/// <param name="Undoes">The effect that it takes back.</param>
/// <param name="Fields">Its fields: the targets as the effect had them.</param>
public sealed record UndoStep(string Action, EffectRow Undoes, IReadOnlyDictionary<string, JsonElement> Fields)
{
    /// <summary>Another run that holds the target too, as it stands now: then it is let go and stays as it is, which is seen to once more when it is about to be called.</summary>
    public string? HeldToo { get; init; }

    /// <summary>True where the reason goes with it, as a comment.</summary>
    public bool SaysWhy { get; init; }
}

/// <summary>An effect that stays.</summary>
/// <param name="Action">The action.</param>
/// <param name="Target">On what.</param>
/// <param name="Path">The step.</param>
/// <param name="Why">Why it stays.</param>
/// <param name="Manifest">What was destroyed, as it was listed before.</param>
public sealed record UndoLeft(string Action, string Target, string Path, string Why, ArtifactRef? Manifest = null);
