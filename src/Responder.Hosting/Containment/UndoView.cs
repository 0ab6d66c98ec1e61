using Responder.Engine.Undo;
using Responder.Sdk;

namespace Responder.Hosting.Containment;

/// <summary>What taking a run back would do, as the API and the verb give it: first what stays.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Stays">What can't be undone.</param>
/// <param name="TakesBack">What is called, in order.</param>
public sealed record UndoView(string RunId, IReadOnlyList<UndoStays> Stays, IReadOnlyList<UndoTakes> TakesBack)
{
    /// <summary>From a plan.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="plan">The plan.</param>
    public static UndoView Of(string runId, UndoPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new UndoView(
            runId,
            [.. plan.Left.Select(one => new UndoStays(one.Action, one.Target, one.Path, one.Why, one.Manifest))],
            [.. plan.Inverses.Select(one => new UndoTakes(one.Undoes.Action, one.Undoes.TargetName, one.Undoes.Path, one.Action, one.HeldToo))]);
    }
}

/// <summary>An effect that stays.</summary>
/// <param name="Action">The action.</param>
/// <param name="Target">On what.</param>
/// <param name="Path">The step.</param>
/// <param name="Why">Why.</param>
/// <param name="Manifest">What was destroyed, as it was listed before.</param>
public sealed record UndoStays(string Action, string Target, string Path, string Why, ArtifactRef? Manifest);

/// <summary>An effect that is taken back.</summary>
/// <param name="Action">The action.</param>
/// <param name="Target">On what.</param>
/// <param name="Path">The step.</param>
/// <param name="By">The inverse.</param>
/// <param name="HeldToo">The run that holds it too: then it is only let go, and stays as it is.</param>
public sealed record UndoTakes(string Action, string Target, string Path, string By, string? HeldToo);
