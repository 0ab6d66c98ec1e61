using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports.Layout;

internal static class ContextLayout
{
    public static void Write(Page page, InitialContext context)
    {
        page.Section(1, "Initial context");
        page.List(Lines(page, context));
        if (context.Process?.CommandLine is { } command)
        {
            page.Say("Command line, as the alert has it:");
            page.Code(command);
        }
    }

    private static IEnumerable<Line> Lines(Page page, InitialContext context)
    {
        if (context.Source is { } source)
        {
            yield return page.Labelled("Detection source", $"{source}{(context.AlertId is { } id ? $" (alert {id})" : "")}");
        }

        if (context.Title is { } title)
        {
            yield return page.Labelled("Alert", title);
        }

        if (context.Summary is { } summary)
        {
            yield return page.Labelled("Summary", summary);
        }

        if (Severity(context) is { } severity)
        {
            yield return page.Labelled("Severity", severity);
        }

        if (context.Techniques.Count > 0)
        {
            yield return page.Labelled("Technique", $"MITRE ATT&CK {ReportWords.List(context.Techniques, page.Limits.Items)}");
        }

        foreach (var line in Things(page, context))
        {
            yield return line;
        }

        if (context.Time is { } at)
        {
            yield return page.Labelled("Time", page.Clock.Both(at) + (context.ReceivedAt is { } received ? $"; it reached Responder {After(received - at)}" : ""));
        }

        if (context.Url is { } url)
        {
            yield return page.Labelled("At its source", Defang.Value(url));
        }

        foreach (var input in context.Inputs)
        {
            yield return page.Labelled($"Input {input.Name}", input.Value);
        }

        if (context.Source is null && context.Inputs.Count == 0)
        {
            yield return page.Prose("The run's journal holds no alert and no inputs.");
        }
    }

    private static IEnumerable<Line> Things(Page page, InitialContext context)
    {
        foreach (var host in context.Hosts.Take(page.Limits.Items / 2))
        {
            yield return page.Labelled("Host", Described(host.Name, host.Role, host.Os, host.Ip, host.Owner is { } owner ? $"used by {owner}" : null));
        }

        foreach (var account in context.Accounts.Take(page.Limits.Items / 2))
        {
            yield return page.Labelled("Account", Described(
                account.Name, account.Person, account.Title, account.Department, account.Account,
                account.Privileged.Count > 0 ? $"administrative rights by {ReportWords.List(account.Privileged, 5)}" : null));
        }

        if (context.Process is { Image: { } image } process)
        {
            yield return page.Labelled("Process", Described(image, process.Pid is { } pid ? $"PID {pid}" : null, process.Parent is { } parent ? $"started by {parent}" : null));
        }

        if (context.Path is { } path)
        {
            yield return page.Labelled("Path", path);
        }

        if (Amounts.Files(context.Files, context.Bytes) is { } sums)
        {
            yield return page.Labelled("Amount", $"{sums}{(context.Events is { } events ? $", {Amounts.Count(events, "event")}" : "")}, by the alert's count");
        }
        else if (context.Events is { } events)
        {
            yield return page.Labelled("Amount", $"{Amounts.Count(events, "event")}, by the alert's count");
        }
    }

    private static string Described(string name, params string?[] more)
    {
        var said = string.Join(", ", more.Where(part => part is not null && !string.Equals(part, name, StringComparison.OrdinalIgnoreCase)));
        return said.Length == 0 ? name : $"{name} ({said})";
    }

    private static string? Severity(InitialContext context) => (context.Severity, context.SeverityScore) switch
    {
        (null or "unknown", null) => null,
        (null or "unknown", { } score) => $"{score}/100",
        ({ } word, null) => word,
        ({ } word, { } score) => $"{word} ({score}/100)",
    };

    private static string After(TimeSpan late) => late < TimeSpan.FromSeconds(1) ? "at once" : $"{Amounts.Duration(late)} later";
}
