using System.Text.Json;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Suppressions;

namespace Responder.Engine.Matching;

/// <summary>Takes out of a match what suppression rules say is not to be started.</summary>
public static class Suppressor
{
    /// <summary>Applies rules. One that has expired does nothing; one that fails suppresses nothing, and the explanation says so.</summary>
    /// <param name="match">What the alert meets.</param>
    /// <param name="alert">The alert's normal form.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="now">The time.</param>
    public static MatchResult Apply(MatchResult match, JsonElement alert, IReadOnlyList<SuppressionRule> rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentNullException.ThrowIfNull(rules);
        var (starts, suppressed) = (match.Starts, new List<Suppressed>());
        List<MatchProblem> failed = [.. match.Explanation.Failed];
        foreach (var rule in rules.Where(rule => rule.Expires > now))
        {
            var reached = starts.Where(start => rule.Playbooks.Count == 0 || rule.Playbooks.Contains(start.Playbook.Id)).ToList();
            if (reached.Count > 0 && Holds(rule, alert, now, failed))
            {
                suppressed.Add(new Suppressed(rule.Id, rule.Owner, rule.Reason, rule.Expires, [.. reached.Select(start => start.Playbook.Id)]));
                starts = [.. starts.Except(reached)];
            }
        }

        return suppressed.Count == 0 && failed.Count == match.Explanation.Failed.Count
            ? match
            : new MatchResult(starts, match.Explanation with { Failed = failed, Suppressed = suppressed });
    }

    private static bool Holds(SuppressionRule rule, JsonElement alert, DateTimeOffset now, List<MatchProblem> failed)
    {
        try
        {
            return rule.When.IsTrue(new StartScope(alert, now));
        }
        catch (ExpressionFailure failure)
        {
            failed.Add(new MatchProblem($"suppression {rule.Id}", failure.Message, rule.File, failure.At.Line, failure.At.Column));
            return false;
        }
    }
}
