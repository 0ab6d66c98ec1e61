using System.Collections.Immutable;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary>Where the steps with an id are, for saying why one cannot be read from a place.</summary>
internal sealed class StepIndex
{
    private readonly Dictionary<string, Place> _byId = [];
    private readonly Dictionary<Step, Place> _byStep = new(ReferenceEqualityComparer.Instance);
    private int _order;

    public StepIndex(Playbook playbook)
    {
        AddAll(playbook.Steps, "steps", [], []);
        AddAll(playbook.OnFailure, "on_failure", [], []);
        AddAll(playbook.Finally, "finally", [], []);
    }

    public IEnumerable<string> Ids => _byId.Keys;

    public Step? Find(string id) => _byId.GetValueOrDefault(id)?.Step;

    /// <summary>The ids of these steps and of what is inside them, loops' insides apart.</summary>
    public static IEnumerable<string> Inside(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            if (step.Id is { } id)
            {
                yield return id;
            }

            foreach (var inner in step is ForeachStep or WhileStep ? [] : Inside(step.Lists().SelectMany(list => list.Steps)))
            {
                yield return inner;
            }
        }
    }

    /// <summary>The loops that a step is inside, outermost first.</summary>
    public IReadOnlyList<Step> LoopsOf(string id) => _byId[id].Loops;

    /// <summary>Why a step that is in the file cannot be read from a place.</summary>
    public string WhyNot(string id, Env from)
    {
        var target = _byId[id];
        if (ReferenceEquals(target.Step, from.Current))
        {
            return $"`{id}` is this step itself: it has no result yet";
        }

        if (target.Loops.FirstOrDefault(loop => !from.Loops.Contains(loop, ReferenceEqualityComparer.Instance)) is { } loop)
        {
            return $"`{id}` runs inside the loop at line {loop.At.Line}; outside it only the loop's own id is seen, a list with an element for each pass";
        }

        if (from.Current is null || !_byStep.TryGetValue(from.Current, out var here))
        {
            return $"no step has run here, so `{id}` cannot be read";
        }

        var apart = target.Lists.Zip(here.Lists).FirstOrDefault(pair => ReferenceEquals(pair.First.Owner, pair.Second.Owner) && pair.First.Name != pair.Second.Name);
        return apart.First.Name is { } name && apart.First.Owner is { } owner
            ? $"`{id}` is in `{name}` of the `{owner.Kind}` at line {owner.At.Line}, this is in `{apart.Second.Name}` of it"
            : target.Order > here.Order ? $"`{id}` runs later, at line {target.Step.At.Line}" : $"`{id}` at line {target.Step.At.Line} cannot be seen from here";
    }

    private void AddAll(IReadOnlyList<Step> steps, string name, ImmutableList<Step> loops, ImmutableList<(Step? Owner, string Name)> lists, Step? owner = null)
    {
        var inside = lists.Add((owner, name));
        foreach (var step in steps)
        {
            var place = new Place(step, _order++, loops, inside);
            _byStep[step] = place;
            if (step.Id is { } id)
            {
                _byId.TryAdd(id, place);
            }

            foreach (var (list, inner) in step.Lists())
            {
                AddAll(inner, list, step is ForeachStep or WhileStep && list == "steps" ? loops.Add(step) : loops, inside, step);
            }
        }
    }

    private sealed record Place(Step Step, int Order, ImmutableList<Step> Loops, ImmutableList<(Step? Owner, string Name)> Lists);
}
