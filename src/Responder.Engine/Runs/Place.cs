using System.Collections.Immutable;
using System.Text.Json;
using Responder.Playbooks;
using Responder.Playbooks.Language;

namespace Responder.Engine.Runs;

/// <summary>Where in a run we are: in which playbook's frame, in which passes of which loops.</summary>
/// <param name="Index">The playbook.</param>
/// <param name="Frame">The path of the call step that it is called by; null for the run's own.</param>
/// <param name="Pass">The innermost pass; null outside any loop.</param>
internal sealed record Place(PlaybookIndex Index, string? Frame, Pass? Pass)
{
    /// <summary>The start of a run.</summary>
    public static Place Root(Plan plan) => new(PlaybookIndex.Of(plan.Root), null, null);

    /// <summary>Inside a called playbook.</summary>
    public static Place Called(Plan plan, CallStep call, string path) => new(PlaybookIndex.Of(plan.Playbooks[call.Call]), path, null);

    /// <summary>Inside a pass of a loop that is here.</summary>
    public Place In(Step loop, int index, JsonElement? item) =>
        this with { Pass = new Pass(loop, Pass is null ? Start + (loop.Id ?? loop.Place) : PathOf(loop), index, item, Pass) };

    /// <summary>The path of a step that is here.</summary>
    public string PathOf(Step step) => Pass is { } pass
        ? $"{pass.Label}[{pass.Index}].{step.Id ?? Paths.Below(step.Place, pass.Loop.Place)}"
        : Frame is null ? step.Place : Start + step.Place;

    /// <summary>The path of a named step as it is seen from here; null where it is in a loop that we are not in.</summary>
    public (Step Step, string Path)? See(string id)
    {
        if (!Index.ById.TryGetValue(id, out var found))
        {
            return null;
        }

        var passes = Passes();
        if (found.Loops.Length > passes.Length)
        {
            return null;
        }

        for (var depth = 0; depth < found.Loops.Length; depth++)
        {
            if (!ReferenceEquals(passes[depth].Loop, found.Loops[depth]))
            {
                return null;
            }
        }

        var seen = found.Loops.Length == 0 ? this with { Pass = null } : this with { Pass = passes[found.Loops.Length - 1] };
        return (found.Step, seen.PathOf(found.Step));
    }

    private string Start => Frame is null ? string.Empty : Frame + Paths.Call;

    private ImmutableArray<Pass> Passes()
    {
        if (Pass is null)
        {
            return [];
        }

        var passes = ImmutableArray.CreateBuilder<Pass>();
        for (var pass = Pass; pass is not null; pass = pass.Outer)
        {
            passes.Insert(0, pass);
        }

        return passes.ToImmutable();
    }
}

/// <summary>A pass of a loop.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Label">How paths of its passes begin.</param>
/// <param name="Index">Which pass, from 0.</param>
/// <param name="Item">The item; null for a while.</param>
/// <param name="Outer">The pass around it.</param>
internal sealed record Pass(Step Loop, string Label, int Index, JsonElement? Item, Pass? Outer);
