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
        foreach (var row in ledger.Where(row => row.Effect is Effect.Contain or Effect.Destroy && row.Status is "done" or "already_so" or "in_doubt" or "pending").Reverse())
        {
            if (WhyNot(row, inForce, connections, runId) is { } why)
            {
                left.Add(new UndoLeft(row.Action, row.TargetName, row.Path, why));
                continue;
            }

            var inverse = connections.Catalog.Find(connections.Catalog.Find(row.Action)!.Undo!)!;
            var given = state.Step(row.Path)!.Inputs!.Value;
            inverses.Add(new UndoStep(
                inverse.Name,
                row,
                inverse.Targets.Where(field => given.TryGetProperty(field.Name, out _)).ToDictionary(field => field.Name, field => given.GetProperty(field.Name))));
        }

        return new UndoPlan(inverses, left);
    }

    private static string? WhyNot(EffectRow row, IReadOnlyList<EffectRow> inForce, IConnections connections, string runId)
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

        if (connections.Named(row.Connection) is not { } connection || !connection.Actions.ContainsKey(action.Undo))
        {
            return $"the connection '{row.Connection}' is no longer configured";
        }

        var other = inForce.FirstOrDefault(one => one.RunId != runId && one.Connection == row.Connection && one.Target == row.Target && one.Action == row.Action);
        return other is null ? null : $"run {other.RunId} holds it too";
    }
}

/// <summary>An inverse to call.</summary>
/// <param name="Action">The inverse.</param>
/// <param name="Undoes">The effect that it takes back.</param>
/// <param name="Fields">Its target fields, as the effect had them.</param>
public sealed record UndoStep(string Action, EffectRow Undoes, IReadOnlyDictionary<string, JsonElement> Fields);

/// <summary>An effect that stays.</summary>
/// <param name="Action">The action.</param>
/// <param name="Target">On what.</param>
/// <param name="Path">The step.</param>
/// <param name="Why">Why it stays.</param>
public sealed record UndoLeft(string Action, string Target, string Path, string Why);
