using System.Text.RegularExpressions;
using Responder.Playbooks;
using Responder.Playbooks.Language;

namespace Responder.Hosting.Testing.Cases;

/// <summary>
/// The names that tests give to steps: a step's id; in a called playbook the call's and its own, <c>account.bar_in_cloud</c>; in a loop its id for every
/// pass, or for one pass the loop's, <c>cut_off[1].isolate_neighbour</c>.
/// </summary>
internal sealed partial class StepNames
{
    private const string Call = ".call.";

    private readonly Plan _plan;
    private readonly Dictionary<string, NamedStep> _byPath = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public StepNames(Plan plan)
    {
        _plan = plan;
        Gather(plan.Root, string.Empty);
    }

    /// <summary>What a path of a run is: its step in the plan, and its names.</summary>
    /// <param name="path">The path.</param>
    public NamedStep Of(string path) => _byPath.TryGetValue(path, out var known) ? known : _byPath[path] = Find(path);

    /// <summary>True where a test's name means the step at a path.</summary>
    /// <param name="name">The name.</param>
    /// <param name="path">The path.</param>
    public bool Fits(string name, string path) => Of(path) is var step && (name == step.Name || name == step.OfPass);

    /// <summary>Why a name is none of a step that there is; null where it is one.</summary>
    /// <param name="name">The name.</param>
    public string? Problem(string name)
    {
        // a[1].b is the step b, in a pass of the loop a.
        var plain = Loop().Replace(name, string.Empty);
        return _names.Contains(plain) ? null : $"there is no step '{name}' in '{_plan.Root.Id}' or in what it calls.";
    }

    private void Gather(Playbook playbook, string prefix)
    {
        foreach (var step in playbook.AllSteps().Where(step => step.Id is not null))
        {
            _names.Add(prefix + step.Id);
            if (step is CallStep call)
            {
                Gather(_plan.Playbooks[call.Call], $"{prefix}{step.Id}.");
            }
        }
    }

    private NamedStep Find(string path)
    {
        var playbook = _plan.Root;
        var (name, ofPass) = (string.Empty, string.Empty);
        Step? step = null;
        foreach (var part in path.Split(Call))
        {
            playbook = step is CallStep call ? _plan.Playbooks[call.Call] : playbook;
            var inPass = false;
            step = playbook.AllSteps().FirstOrDefault(one => one.Place == part);
            if (step is null)
            {
                step = InLoop(playbook.AllSteps(), part, loop => loop.Id ?? loop.Place);
                inPass = true;
            }

            if (step?.Id is null || name is null)
            {
                (name, ofPass) = (null, null);
                continue;
            }

            name = name.Length == 0 ? step.Id : $"{name}.{step.Id}";
            var mine = inPass ? part : step.Id;
            ofPass = ofPass!.Length == 0 ? mine : $"{ofPass}.{mine}";
        }

        return new NamedStep(playbook, step ?? throw new InvalidOperationException($"The plan has no step at {path}."), name, ofPass);
    }

    /// <summary>The step that <c>label[3].rest</c> means: in a pass of a loop, or of a loop inside that.</summary>
    private static Step? InLoop(IEnumerable<Step> steps, string part, Func<Step, string> label)
    {
        foreach (var loop in steps.Where(step => step is ForeachStep or WhileStep))
        {
            var begin = label(loop) + "[";
            if (!part.StartsWith(begin, StringComparison.Ordinal) || part.IndexOf("].", begin.Length, StringComparison.Ordinal) is not (> 0 and var end))
            {
                continue;
            }

            var rest = part[(end + 2)..];
            var inner = loop.Lists().Where(list => list.Name == "steps").SelectMany(list => list.Steps).SelectMany(step => step.WithInner()).ToList();
            string Below(Step step) => step.Id ?? step.Place[(loop.Place.Length + 1)..];
            if ((inner.FirstOrDefault(step => Below(step) == rest) ?? InLoop(inner, rest, Below)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    [GeneratedRegex(@"[a-z][a-z0-9_]*\[\d+\]\.")]
    private static partial Regex Loop();
}

/// <summary>A step of a run, as tests see it.</summary>
/// <param name="Playbook">The playbook that it is in.</param>
/// <param name="Step">The step.</param>
/// <param name="Name">Its name for every pass; null where it, or a call that it is in, has no id.</param>
/// <param name="OfPass">Its name for its one pass; the same as <paramref name="Name"/> outside a loop.</param>
internal sealed record NamedStep(Playbook Playbook, Step Step, string? Name, string? OfPass);
