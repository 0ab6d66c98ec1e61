using Responder.Sdk.Chat;
using Responder.Sdk.Estate;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Actions.Tickets;

/// <summary>Tickets as the actions return them, and the marks that the steps leave on them.</summary>
internal static class TicketView
{
    /// <summary>The property that holds the step's key; people don't see it.</summary>
    public const string KeyProperty = "responder.key";

    /// <summary>How many characters a text of a ticket takes, as Jira's.</summary>
    public const int BodyLimit = 32_767;

    public static TicketFound Of(Company company, Ticket ticket) => new(
        ticket.Key, Url(company, ticket.Key), ticket.Summary, ticket.Status, company.Tickets.Project(ticket.Project).CategoryOf(ticket.Status) == "done",
        ticket.Resolution, ticket.Assignee, [.. ticket.Labels]);

    public static string Url(Company company, string key) => company.Tickets.Url + key;

    /// <summary>The label of a step's key: what a search can find.</summary>
    public static string LabelOf(string key) => $"responder-{key[..16]}";

    public static string Label(string text) => string.Join('-', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A comment that fits, and the whole as a file where it did not.</summary>
    public static (string Body, Attachment? Whole) Fit(Company company, string markdown)
    {
        var (text, cut) = MarkdownText.Fit(markdown, BodyLimit, "*The rest is in the attached file.*");
        return (text, cut ? new Attachment($"{company.Tickets.NextId + 1}", "comment.md", System.Text.Encoding.UTF8.GetByteCount(markdown), default, null) : null);
    }
}
