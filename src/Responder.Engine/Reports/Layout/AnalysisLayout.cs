using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports.Layout;

internal static class AnalysisLayout
{
    public static void Write(Page page, TechnicalAnalysis analysis)
    {
        page.Section(2, "Technical analysis");
        page.Topic("Attack chain");
        if (analysis.AttackChain.Count == 0)
        {
            page.Say("Nothing that the run read is dated.");
        }

        page.List(analysis.AttackChain.Select(link => page.Prose($"{page.Clock.Both(link.At)} – {link.Text} ({link.Source})")));
        Processes(page, analysis);
        foreach (var folder in analysis.Folders.Take(page.Limits.Items))
        {
            FolderLayout.Write(page, folder);
        }

        Searches(page, analysis);
        SignIns(page, analysis);
        if (analysis.Interviews.Count > 0)
        {
            page.Topic("User status");
            page.List(analysis.Interviews.Select(interview => page.Prose(Interviewed(page, interview))));
        }

        if (analysis.ToComplete.Count > 0)
        {
            page.Topic("Attacker's intent");
            page.ToComplete(analysis.ToComplete);
        }
    }

    private static void Processes(Page page, TechnicalAnalysis analysis)
    {
        if (analysis.ProcessChains.Count == 0 && analysis.Commands.Count < 2)
        {
            return;
        }

        page.Topic("Processes");
        page.List(analysis.ProcessChains);
        // The first command is the alert's, shown in section 1.
        foreach (var command in analysis.Commands.Skip(1).Take(page.Limits.Items))
        {
            page.Code(command);
        }
    }

    private static void Searches(Page page, TechnicalAnalysis analysis)
    {
        if (analysis.Searches.Count == 0)
        {
            return;
        }

        page.Topic("Searches");
        page.List(analysis.Searches.Select(search => page.Prose($"{search.Step}: {(search.Count is { } count ? Amounts.Count(count, "result") : "no count returned")}")));
        foreach (var search in analysis.Searches.Take(page.Limits.Items))
        {
            if (search.Part is { } part)
            {
                page.Say($"{search.Step}, by {part.By}:");
                FolderLayout.Part(page, part);
            }
            else if (search.Rows.Count > 0)
            {
                page.Say($"{search.Step}:");
                page.Table(
                    [.. search.Columns.Select(page.Shown)],
                    [.. search.Rows.Select(row => row.Select(page.Prose).ToList())], page.Limits.Rows, search.Omitted);
            }
        }
    }

    private static void SignIns(Page page, TechnicalAnalysis analysis)
    {
        if (analysis.SignIns.Count == 0)
        {
            return;
        }

        page.Topic("Sign-ins");
        foreach (var account in analysis.SignIns.Take(page.Limits.Items))
        {
            page.Say(string.Join(" ", Sums(page, account)));
            page.List(account.Notable.Select(signIn => page.Prose($"{(signIn.At is { } at ? page.Clock.Both(at) : "time not told")} – {signIn.Text}")), account.Omitted);
        }
    }

    private static IEnumerable<string> Sums(Page page, SignInFacts account)
    {
        if (account.Count is { } count)
        {
            var from = account.Countries.Count > 0 ? $", from {ReportWords.List(account.Countries, page.Limits.Items)}" : "";
            yield return $"{account.Account}: {Amounts.Count(count, "sign-in")}{from}, {Amounts.Count(account.Failures ?? 0)} failed.";
        }

        if (account.HasMfa is { } has)
        {
            yield return has ? $"A second factor is set up for {account.Account}." : $"No second factor is set up for {account.Account}.";
        }
    }

    private static string Interviewed(Page page, Interview interview)
    {
        var asked = $"{interview.Asked} was asked by {interview.Channel}{(interview.AskedAt is { } at ? $" at {page.Clock.Both(at)}" : "")}{(interview.Question is { } question ? $": “{question}”" : "")}";
        var answer = interview.State switch
        {
            "answered" => $" The answer was “{interview.Answer}”{(interview.AnsweredAt is { } then ? $" at {page.Clock.Both(then)}" : "")}"
                + $"{(interview.Comment is { } comment ? $", with the words “{comment}”" : "")}{(interview.Unverified ? "; it is unverified, since whoever holds the account could have given it" : "")}.",
            "waiting" => " The answer has not come yet.",
            "failed" => " The question could not be delivered.",
            _ => $" No answer came in time{(interview.Taken is { } taken ? $"; the run took “{taken}”" : "")}.",
        };
        return asked + (interview.Question is null ? "." : "") + answer;
    }
}
