using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports;

/// <summary>Section 5: what is known that bears on the cause; the cause itself is an analyst's finding.</summary>
/// <param name="Known">Facts from the run.</param>
/// <param name="ToComplete">What only an analyst can add.</param>
public sealed record RootCauseAnalysis(IReadOnlyList<string> Known, IReadOnlyList<string> ToComplete)
{
    internal static RootCauseAnalysis From(RunFacts facts, TechnicalAnalysis analysis)
    {
        if (facts.Harmless)
        {
            return new RootCauseAnalysis(
                facts.Reason is { } reason ? [$"Why the alert was no incident: {reason}"] : [],
                ["why the rule fired, and whether it should be tuned"]);
        }

        return new RootCauseAnalysis(
            [.. Bearing(facts, analysis)],
            ["primary cause: how the attacker got in, and how an account that was used was taken", "contributing factors: what made it possible (second factor, remote access, monitoring)"]);
    }

    private static IEnumerable<string> Bearing(RunFacts facts, TechnicalAnalysis analysis)
    {
        foreach (var account in analysis.SignIns)
        {
            if (account.HasMfa == false)
            {
                yield return $"No second factor was set up for {account.Account}.";
            }

            var risky = account.Notable.Count(signIn => signIn.Text.Contains("risk ", StringComparison.Ordinal));
            if (risky > 0)
            {
                yield return $"The directory calls {Amounts.Count(risky + account.Omitted, "sign-in")} of {account.Account} risky.";
            }
        }

        foreach (var said in analysis.Interviews.Where(interview => interview.Answer is not null))
        {
            yield return $"Asked whether it was their own doing, {said.Asked} answered “{said.Answer}”{(said.Unverified ? " (unverified)" : "")}.";
        }

        foreach (var parent in facts.Trace.Done("edr.get_process").Select(step => step.Out["parents"].Items.Select(one => one["image"].Text).FirstOrDefault()).OfType<string>().Distinct().Take(3))
        {
            yield return $"The process was started by {parent}.";
        }
    }
}
