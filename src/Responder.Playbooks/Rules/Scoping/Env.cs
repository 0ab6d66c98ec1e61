using System.Collections.Immutable;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary>What is in scope at a place, and which steps have surely run when it is reached.</summary>
internal sealed record Env
{
    /// <summary>Names of the first level besides <see cref="Locals"/>.</summary>
    public required ImmutableHashSet<string> Names { get; init; }

    /// <summary>Names that belong to a place: a loop's item, <c>error</c>.</summary>
    public ImmutableDictionary<string, FieldType> Locals { get; init; } = ImmutableDictionary<string, FieldType>.Empty;

    /// <summary>Step ids that may be read.</summary>
    public ImmutableHashSet<string> Visible { get; init; } = [];

    /// <summary>Step ids of which it is known here that they have a result.</summary>
    public ImmutableHashSet<string> Certain { get; init; } = [];

    /// <summary>False behind a stop.</summary>
    public bool Reachable { get; init; } = true;

    /// <summary>Inside which branches and concurrent loops.</summary>
    public ImmutableList<Region> Regions { get; init; } = [];

    /// <summary>Inside which loops.</summary>
    public ImmutableList<Step> Loops { get; init; } = [];

    /// <summary>The step that the place belongs to; null at the top level.</summary>
    public Step? Current { get; init; }

    /// <summary>True where a step that did not run makes the value null and is no error: outputs.</summary>
    public bool NullsAllowed { get; init; }

    /// <summary>True where there surely is an alert: in the trigger's own expressions.</summary>
    public bool HasAlert { get; init; }

    public Env With(string local, FieldType type) => this with { Locals = Locals.SetItem(local, type) };

    /// <summary>With a step that can be read from here on.</summary>
    public Env Seeing(string? id, bool certain) =>
        id is null ? this : this with { Visible = Visible.Add(id), Certain = certain ? Certain.Add(id) : Certain.Remove(id) };

    /// <summary>With more steps that can be read, of which nothing is known.</summary>
    public Env MaySee(IEnumerable<string> ids) => this with { Visible = Visible.Union(ids) };

    /// <summary>With what a condition says of the steps that can be read here.</summary>
    public Env Knowing(IEnumerable<string> ids) => this with { Certain = Certain.Union(ids.Where(Visible.Contains)) };

    /// <summary>Where one of several ways was taken: what can be read is all of it, what is certain is what each way makes so. A way that ended does not count.</summary>
    public static Env Join(Env before, IReadOnlyList<Env> ways)
    {
        var open = ways.Where(way => way.Reachable).ToList();
        var visible = ways.Aggregate(before.Visible, (all, way) => all.Union(way.Visible));
        return open.Count == 0
            ? before with { Visible = visible, Certain = before.Certain, Reachable = false }
            : before with { Visible = visible, Certain = open.Skip(1).Aggregate(open[0].Certain, (all, way) => all.Intersect(way.Certain)), Reachable = true };
    }

    /// <summary>After branches that all ran.</summary>
    public static Env All(Env before, IReadOnlyList<Env> branches) => before with
    {
        Visible = branches.Aggregate(before.Visible, (all, branch) => all.Union(branch.Visible)),
        Certain = branches.Aggregate(before.Certain, (all, branch) => all.Union(branch.Certain)),
        Reachable = branches.All(branch => branch.Reachable),
    };
}
