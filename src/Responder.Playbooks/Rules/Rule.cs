using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>One thing that can be wrong with a playbook. One rule, one class, one file; named in the rule book, which nothing else lists.</summary>
internal abstract class Rule
{
    /// <summary>Its id, which never changes and is never used again: <c>RSP020</c>.</summary>
    public abstract string Id { get; }

    /// <summary>What it says, in a line.</summary>
    public abstract string Title { get; }

    /// <summary>How much it matters.</summary>
    public virtual ProblemLevel Level => ProblemLevel.Error;

    /// <summary>Looks at one playbook.</summary>
    /// <param name="draft">The playbook as it was read.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public abstract void Check(Draft draft, Findings findings);
}

/// <summary>A rule that needs other playbooks as well: the one called.</summary>
internal abstract class LibraryRule : Rule
{
    /// <inheritdoc/>
    public sealed override void Check(Draft draft, Findings findings)
    {
    }

    /// <summary>Looks at one playbook among the others.</summary>
    /// <param name="draft">The playbook.</param>
    /// <param name="library">All of them, by id.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public abstract void Check(Draft draft, IReadOnlyDictionary<string, Draft> library, Findings findings);
}

/// <summary>Takes what a rule finds.</summary>
internal sealed class Findings(string file, List<Problem> problems)
{
    private Rule _rule = null!;

    public Findings For(Rule rule)
    {
        _rule = rule;
        return this;
    }

    public void Add(SourcePosition at, string message, string? hint = null) => problems.Add(new Problem(file, at, _rule.Id, _rule.Level, message, hint));
}
