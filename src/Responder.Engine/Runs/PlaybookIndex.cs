using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Responder.Playbooks.Language;

namespace Responder.Engine.Runs;

/// <summary>Where a playbook's named steps are: worked out once a playbook.</summary>
internal sealed class PlaybookIndex
{
    private static readonly ConditionalWeakTable<Playbook, PlaybookIndex> Cache = [];

    private PlaybookIndex(Playbook playbook)
    {
        Playbook = playbook;
        var byId = new Dictionary<string, (Step, ImmutableArray<Step>)>(StringComparer.Ordinal);
        var byPlace = new Dictionary<string, Step>(StringComparer.Ordinal);
        foreach (var step in playbook.Steps.Concat(playbook.OnFailure).Concat(playbook.Finally))
        {
            Add(step, []);
        }

        ById = byId.ToFrozenDictionary(StringComparer.Ordinal);
        ByPlace = byPlace.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(Step step, ImmutableArray<Step> loops)
        {
            byPlace[step.Place] = step;
            if (step.Id is { } id)
            {
                byId[id] = (step, loops);
            }

            foreach (var (name, steps) in step.Lists())
            {
                var inner = name == "steps" && step is ForeachStep or WhileStep ? loops.Add(step) : loops;
                foreach (var below in steps)
                {
                    Add(below, name == "steps" ? inner : loops);
                }
            }
        }
    }

    public Playbook Playbook { get; }

    /// <summary>A step and the loops around it, outer first.</summary>
    public FrozenDictionary<string, (Step Step, ImmutableArray<Step> Loops)> ById { get; }

    public FrozenDictionary<string, Step> ByPlace { get; }

    public static PlaybookIndex Of(Playbook playbook) => Cache.GetValue(playbook, one => new PlaybookIndex(one));
}
