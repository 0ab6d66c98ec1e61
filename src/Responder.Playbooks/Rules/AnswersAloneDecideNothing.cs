using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>The account that is asked may be the stolen one.</summary>
internal sealed class AnswersAloneDecideNothing : Rule
{
    public override string Id => "RSP085";

    public override string Title => "An answer by chat or mail does not alone end or skip a containment: the account asked may be the stolen one.";

    public override ProblemLevel Level => ProblemLevel.Warning;

    public override void Check(Draft draft, Findings findings)
    {
        if (draft.Playbook is not { } playbook)
        {
            return;
        }

        var asks = playbook.AllSteps().Where(step => step.Id is not null && StepFacts.IsAsk(step, draft)).Select(step => step.Id!).ToHashSet();
        if (asks.Count == 0)
        {
            return;
        }

        foreach (var step in playbook.AllSteps())
        {
            if (DecidedBy(step.When, asks, draft) is { } whenAsked && step.WithInner().Any(inner => StepFacts.Acts(inner, draft)))
            {
                findings.Add(step.When!.At, $"the answer of `{whenAsked}` alone decides whether this contains", Hint);
            }

            var (condition, ways) = step switch
            {
                IfStep choice => (choice.If, new[] { choice.Then, choice.Else }),
                SwitchStep choice => (choice.Switch, [.. choice.Cases.Select(one => one.Value), choice.Default]),
                _ => (null, []),
            };
            if (DecidedBy(condition, asks, draft) is { } asked && (ways.Any(way => Stops(way) && ActsLater(step, playbook, draft)) || SomeActAndSomeDoNot(ways, draft)))
            {
                findings.Add(condition!.At, $"the answer of `{asked}` alone ends or skips the containment", Hint);
            }
        }
    }

    private const string Hint = "let an analyst agree: an `approval` before the stop, or in place of leaving it out";

    // True where nothing but answers is asked.
    private static string? DecidedBy(Expression? condition, HashSet<string> asks, Draft draft)
    {
        var steps = condition is null ? [] : draft.Expressions.Of(condition)
            .Where(reference => reference.Path.Count > 1 && reference.Path[0] is "steps" or "run" or "vars" or "inputs" or "alert")
            .Select(reference => reference.Path is ["steps", var id, ..] ? id : string.Empty).Distinct().ToList();
        return steps.Count > 0 && steps.All(asks.Contains) ? steps[0] : null;
    }

    // A stop that nobody was asked about in between.
    private static bool Stops(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            if (step is StopStep)
            {
                return true;
            }

            if (step is ApprovalStep)
            {
                return false;
            }

            if (step is IfStep or SwitchStep or TryStep && step.Lists().Any(list => Stops(list.Steps)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SomeActAndSomeDoNot(IEnumerable<IReadOnlyList<Step>> ways, Draft draft)
    {
        var acting = ways.Select(way => way.SelectMany(step => step.WithInner()).ToList()).ToList();
        return acting.Any(way => way.Any(step => StepFacts.Acts(step, draft)))
            && acting.Any(way => !way.Any(step => step is ApprovalStep || StepFacts.Acts(step, draft)));
    }

    private static bool ActsLater(Step step, Playbook playbook, Draft draft) =>
        playbook.Steps.SelectMany(one => one.WithInner()).Any(other => StepFacts.Acts(other, draft) && (other.At.Line, other.At.Column).CompareTo((step.At.Line, step.At.Column)) > 0);
}
