using System.Text.Json.Nodes;
using Responder.Sdk.Chat;

namespace Responder.Connectors.Jira.Text;

/// <summary>A text as Jira takes it: a document (ADF) on Cloud, wiki text on Data Center.</summary>
/// <param name="Body">The text.</param>
/// <param name="Whole">The whole Markdown, to be attached, where the text had to be cut; else null.</param>
internal sealed record TicketText(JsonNode Body, string? Whole)
{
    /// <summary>How many characters a text of a ticket takes.</summary>
    public const int Limit = 32_767;

    private const string Note = "*The rest is in the attached file.*";

    /// <summary>From Markdown. Where it is too long it is cut at a heading, as often as it takes: escapes make the written text longer than the Markdown.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="cloud">For Cloud.</param>
    /// <param name="mark">Put at the end of wiki text.</param>
    public static TicketText Of(string markdown, bool cloud, string mark = "")
    {
        var room = Limit;
        for (var part = markdown; ;)
        {
            var (body, length) = cloud ? Document(part) : Wiki(part, mark);
            if (length <= Limit)
            {
                return new TicketText(body, part.Length == markdown.Length ? null : markdown);
            }

            room = Math.Min(room * 9 / 10, (int)((long)room * Limit / length));
            part = MarkdownText.Fit(markdown, room, Note).Text;
        }
    }

    private static (JsonNode, int) Document(string markdown)
    {
        var (document, length) = Adf.Write(markdown);
        return (document, length);
    }

    private static (JsonNode, int) Wiki(string markdown, string mark)
    {
        var text = WikiText.Write(markdown) + mark;
        return (JsonValue.Create(text), text.Length);
    }
}
