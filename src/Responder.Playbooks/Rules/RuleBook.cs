using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>Every rule there is.</summary>
internal static class RuleBook
{
    /// <summary>By id.</summary>
    public static IReadOnlyList<Rule> Rules { get; } = [.. typeof(Rule).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract)
        .Select(type => (Rule)Activator.CreateInstance(type)!)
        .OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>What the rules for one file say, in the order of the file.</summary>
    public static IReadOnlyList<Problem> Check(Draft draft) => Run(draft, (rule, findings) => rule.Check(draft, findings));

    /// <summary>What the rules over files say of one of them.</summary>
    public static IReadOnlyList<Problem> Check(Draft draft, IReadOnlyDictionary<string, Draft> library) =>
        Run(draft, (rule, findings) => (rule as LibraryRule)?.Check(draft, library, findings));

    private static IReadOnlyList<Problem> Run(Draft draft, Action<Rule, Findings> check)
    {
        var problems = new List<Problem>();
        var findings = new Findings(draft.File, problems);
        foreach (var rule in Rules)
        {
            check(rule, findings.For(rule));
        }

        return [.. problems.OrderBy(problem => problem.At.Line).ThenBy(problem => problem.At.Column).ThenBy(problem => problem.Rule, StringComparer.Ordinal)];
    }
}
