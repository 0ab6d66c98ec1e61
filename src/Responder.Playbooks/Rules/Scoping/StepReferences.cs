using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary><c>steps.x</c> and <c>run.steps.x</c>.</summary>
internal sealed class StepReferences(Draft draft, StepIndex index, ScopeReport report)
{
    public void Check(Reference reference, Env env)
    {
        if (!Named(reference, 1, out var id, out var step))
        {
            return;
        }

        if (!env.Visible.Contains(id))
        {
            Add(ScopeIssueKind.NotVisible, reference, index.WhyNot(id, env), $"what the engine knows of any step is in `run.steps.{id}`");
            return;
        }

        var readsInside = reference.Path.Count > 2 || reference.Method is not null;
        if (!readsInside)
        {
            return;
        }

        if (!env.Certain.Contains(id) && !env.NullsAllowed && !reference.IsSafe(2))
        {
            var rest = string.Join('.', reference.Path.Skip(2).Append(reference.Method is null ? null : reference.Method + "(…)").OfType<string>());
            Add(ScopeIssueKind.MayNotHaveRun, reference, $"`steps.{id}` may not have run here, or may have failed: it is null then", $"write `steps.{id}?.{rest}`, with `?? …` for what is then to stand there, or test it first");
        }

        Result(reference, id, step);
    }

    public void CheckRun(Reference reference, Env env)
    {
        if (KnownNames.Run.Find(reference.Path, 1) is { } unknown)
        {
            Add(ScopeIssueKind.UnknownField, reference, unknown.Message, HintFor(reference.Path[unknown.Index], unknown.Known));
            return;
        }

        if (reference.Path.Count < 2 || reference.Path[1] != "steps" || !Named(reference, 2, out var id, out _))
        {
            return;
        }

        if (index.LoopsOf(id).Any(loop => !env.Loops.Contains(loop, ReferenceEqualityComparer.Instance)))
        {
            Add(ScopeIssueKind.NotVisible, reference, index.WhyNot(id, env), null);
        }
        else if (KnownNames.RunStep.Find(reference.Path, 3) is { } field)
        {
            Add(ScopeIssueKind.UnknownField, reference, field.Message, HintFor(reference.Path[field.Index], field.Known));
        }
        else if (reference.Path is [_, _, _, "error", var part, ..] && !reference.IsSafe(4) && !env.NullsAllowed)
        {
            Add(ScopeIssueKind.MayNotHaveRun, reference, $"`run.steps.{id}.error` is null where the step did not fail", $"write `run.steps.{id}.error?.{part}`");
        }
    }

    /// <summary>What was meant, or what there is.</summary>
    public static string? HintFor(string name, IReadOnlyList<string> known) =>
        Nearest.Hint(name, known) ?? (known.Count > 0 ? "there are " + string.Join(", ", known) : null);

    private bool Named(Reference reference, int at, out string id, out Step step)
    {
        id = reference.Path.Count > at ? reference.Path[at] : string.Empty;
        step = null!;
        if (id.Length == 0)
        {
            Add(ScopeIssueKind.UnknownStep, reference, $"`{string.Join('.', reference.Path.Take(at))}` is read by a step's id that is written there", "write `steps.host`, not `steps[…]` with an expression, nor `steps` alone");
            return false;
        }

        if (index.Find(id) is { } found)
        {
            step = found;
            return true;
        }

        Add(ScopeIssueKind.UnknownStep, reference, $"no step has the id `{id}`", Nearest.Hint(id, index.Ids));
        return false;
    }

    private void Result(Reference reference, string id, Step step)
    {
        if (StepResults.Of(step, draft) is not { } type)
        {
            Add(ScopeIssueKind.UnknownOutput, reference, $"`{id}` is a `{step.Kind}`, which gives no result", $"what the engine knows of it is in `run.steps.{id}`");
        }
        else if (step is CallStep call && reference.Path.Count > 2)
        {
            report.CallReads.Add(new CallRead(call, reference.Path[2], reference.At));
        }
        else if (type.Find(reference.Path, 2) is { } unknown)
        {
            var what = step is ActionStep action && unknown.Index == 2 ? $"`{action.Uses}` does not return `{reference.Path[2]}`" : unknown.Message;
            Add(ScopeIssueKind.UnknownOutput, reference, what, HintFor(reference.Path[unknown.Index], unknown.Known));
        }
    }

    private void Add(ScopeIssueKind kind, Reference reference, string message, string? hint) => report.Issues.Add(new ScopeIssue(kind, reference.At, message, hint));
}
