using System.Text.RegularExpressions;
using Responder.Hosting.Testing.Cases;
using Responder.Sdk.Estate;

namespace Responder.Hosting.Testing.Checks;

/// <summary>What the run left in products that people read: tickets and messages; and the estate as a whole.</summary>
internal static partial class RecordChecks
{
    public static IEnumerable<string> Failures(Expectation expect, CaseResult result) =>
        Tickets(expect.Tickets, result).Concat(Messages(expect, result)).Concat(
            expect.Estate is { } estate ? JsonSubset.Differences(estate, result.Estate.State(), "estate").Select(difference => difference + ".") : []);

    private static IEnumerable<string> Tickets(IReadOnlyList<TicketLine> lines, CaseResult result)
    {
        if (lines.Count == 0)
        {
            yield break;
        }

        // The lines with the fewest tickets that fit them choose first; a line that is left is told with what the nearest ticket lacks.
        var tickets = result.Tickets;
        var fits = lines.Select(line => (Line: line, Fits: tickets.Where(ticket => !Lacks(line, ticket).Any()).ToList())).OrderBy(one => one.Fits.Count).ToList();
        if (Assigned(fits.ConvertAll(one => one.Fits), 0, []))
        {
            yield break;
        }

        foreach (var (line, _) in fits.Where(one => one.Fits.Count == 0))
        {
            var nearest = tickets.Select(ticket => (Ticket: ticket, Lacks: Lacks(line, ticket).ToList())).OrderBy(one => one.Lacks.Count).FirstOrDefault();
            yield return nearest.Ticket is null
                ? "tickets: the run opened none."
                : $"tickets: none fits the line of the type {line.Type ?? "any"}; the nearest is {nearest.Ticket.Key} '{nearest.Ticket.Summary}': {string.Join("; ", nearest.Lacks)}.";
        }

        if (fits[0].Fits.Count > 0)
        {
            yield return $"tickets: {lines.Count} lines fit fewer tickets than that; each line needs one of its own.";
        }
    }

    private static bool Assigned(List<List<Ticket>> fits, int line, HashSet<string> taken)
    {
        if (line == fits.Count)
        {
            return true;
        }

        foreach (var ticket in fits[line])
        {
            if (taken.Add(ticket.Key))
            {
                if (Assigned(fits, line + 1, taken))
                {
                    return true;
                }

                taken.Remove(ticket.Key);
            }
        }

        return false;
    }

    private static IEnumerable<string> Lacks(TicketLine line, Ticket ticket)
    {
        var exact = new[]
        {
            ("project", line.Project, ticket.Project), ("type", line.Type, ticket.Type), ("status", line.Status, ticket.Status),
            ("resolution", line.Resolution, ticket.Resolution), ("priority", line.Priority, ticket.Priority),
        };
        foreach (var (name, wanted, actual) in exact.Where(one => one.Item2 is not null && one.Item2 != one.Item3))
        {
            yield return $"its {name} is {actual ?? "none"}, not {wanted}";
        }

        foreach (var (name, wanted, actual) in new[] { ("summary", line.Summary, ticket.Summary), ("description", line.Description, ticket.Description) })
        {
            if (wanted is not null && !Holds(actual, wanted))
            {
                yield return $"its {name} does not hold '{wanted}'";
            }
        }

        foreach (var missing in line.Labels.Except(ticket.Labels).Select(one => "label " + one).Concat(line.Components.Except(ticket.Components).Select(one => "component " + one)))
        {
            yield return $"it lacks the {missing}";
        }

        foreach (var missing in line.Comments.Where(text => !ticket.Comments.Exists(comment => Holds(comment.Body, text))))
        {
            yield return $"no comment holds '{missing}'; there are [{string.Join(" | ", ticket.Comments.Select(comment => Short(comment.Body)))}]";
        }

        foreach (var missing in line.Attachments.Where(text => !ticket.Attachments.Exists(file => file.Name.Contains(text, StringComparison.Ordinal))))
        {
            yield return $"no file is named '{missing}'";
        }

        if (line.Parent is { } wants && wants != ticket.Parent is not null)
        {
            yield return wants ? "it belongs to no other" : $"it belongs to {ticket.Parent}";
        }
    }

    private static IEnumerable<string> Messages(Expectation expect, CaseResult result)
    {
        foreach (var line in expect.Messages.Where(line => !result.Messages.Any(message => Fits(line, message))))
        {
            yield return $"messages: none fits {Show(line)}; there are [{string.Join(" | ", result.Messages.Select(message => $"{message.Channel} to {string.Join(", ", message.To)}: {message.Title}: {Short(message.Body)}"))}].";
        }

        foreach (var line in expect.NoMessages)
        {
            if (result.Messages.FirstOrDefault(message => Fits(line, message)) is { } message)
            {
                yield return $"no_messages: {Show(line)} fits one to {string.Join(", ", message.To)}: {message.Title}: {Short(message.Body)}.";
            }
        }
    }

    private static bool Fits(MessageLine line, PostedMessage message) =>
        (line.Channel is null || line.Channel == message.Channel)
        && (line.To is null || message.To.Contains(line.To, StringComparer.OrdinalIgnoreCase))
        && (line.Text is null || Holds(message.Title, line.Text) || Holds(message.Body, line.Text));

    private static string Show(MessageLine line) => string.Join(", ", new[] { line.Channel, line.To is null ? null : "to " + line.To, line.Text is null ? null : $"'{line.Text}'" }.Where(part => part is not null));

    /// <summary>Markdown as people read it: what is escaped stands for itself.</summary>
    private static bool Holds(string? text, string wanted) =>
        text is not null && (text.Contains(wanted, StringComparison.Ordinal) || Escape().Replace(text, "$1").Contains(wanted, StringComparison.Ordinal));

    private static string Short(string text) => text.ReplaceLineEndings(" ") is { Length: > 160 } one ? one[..160] + "…" : text.ReplaceLineEndings(" ");

    [GeneratedRegex(@"\\([!-/:-@\[-`{-~])")]
    private static partial Regex Escape();
}
