using System.Globalization;
using System.Text;
using System.Text.Json;
using Responder.Sdk.Chat;

namespace Responder.Connectors.Jira.Emulator;

/// <summary>Checks a document as Jira does, and turns it into the Markdown that the estate keeps.</summary>
internal static class AdfReader
{
    private static readonly Dictionary<string, string[]> Holds = new(StringComparer.Ordinal)
    {
        ["doc"] = ["paragraph", "heading", "bulletList", "orderedList", "codeBlock", "blockquote", "rule", "table", "panel", "expand"],
        ["paragraph"] = ["text", "hardBreak"], ["heading"] = ["text", "hardBreak"], ["codeBlock"] = ["text"],
        ["bulletList"] = ["listItem"], ["orderedList"] = ["listItem"], ["listItem"] = ["paragraph", "bulletList", "orderedList", "codeBlock"],
        ["blockquote"] = ["paragraph", "bulletList", "orderedList"], ["table"] = ["tableRow"], ["tableRow"] = ["tableHeader", "tableCell"],
        ["tableHeader"] = ["paragraph", "bulletList", "orderedList", "codeBlock"], ["tableCell"] = ["paragraph", "bulletList", "orderedList", "codeBlock"],
        ["panel"] = ["paragraph", "bulletList", "orderedList", "heading"], ["expand"] = ["paragraph", "bulletList", "orderedList", "heading", "codeBlock"], ["rule"] = [],
    };

    private static readonly string[] Marks = ["strong", "em", "code", "strike", "underline", "link", "textColor", "subsup"];

    public static string Markdown(JsonElement document, string field)
    {
        if (document.ValueKind != JsonValueKind.Object || JiraRoutes.Text(document, "type") != "doc" || !document.TryGetProperty("version", out var version) || version.GetInt32() != 1)
        {
            throw new JiraProblem(400, null, (field, "Operation value must be an Atlassian Document (see the Atlassian Document Format)"));
        }

        var text = new StringBuilder();
        Block(document, text, string.Empty);
        return text.ToString().Length <= 4 * 32_767 ? text.ToString().TrimEnd('\n') : throw new JiraProblem(400, null, (field, "CONTENT_LIMIT_EXCEEDED"));
    }

    /// <summary>How many characters of text are in it.</summary>
    public static int Length(JsonElement node) =>
        (JiraRoutes.Text(node, "text")?.Length ?? 0) + (node.TryGetProperty("content", out var content) ? content.EnumerateArray().Sum(Length) : 0);

    private static void Block(JsonElement node, StringBuilder text, string indent)
    {
        var type = JiraRoutes.Text(node, "type") ?? throw Invalid();
        var held = Holds.GetValueOrDefault(type) ?? throw Invalid();
        var content = node.TryGetProperty("content", out var list) ? list.EnumerateArray().ToList() : [];
        if (content.Any(child => !held.Contains(JiraRoutes.Text(child, "type"))) || (type is "listItem" or "bulletList" or "orderedList" or "table" or "tableRow" && content.Count == 0)
            || (type == "listItem" && JiraRoutes.Text(content[0], "type") is not ("paragraph" or "codeBlock")))
        {
            throw Invalid();
        }

        switch (type)
        {
            case "paragraph":
                text.Append(indent).Append(string.Concat(content.Select(Inline))).Append("\n\n");
                break;
            case "heading":
                text.Append('#', node.GetProperty("attrs").GetProperty("level").GetInt32()).Append(' ').Append(string.Concat(content.Select(Inline))).Append("\n\n");
                break;
            case "codeBlock":
                text.Append("```\n").Append(string.Concat(content.Select(child => JiraRoutes.Text(child, "text")))).Append("\n```\n\n");
                break;
            case "rule":
                text.Append("---\n\n");
                break;
            case "bulletList" or "orderedList":
                for (var number = 0; number < content.Count; number++)
                {
                    Check(content[number]);
                    var item = new StringBuilder();
                    foreach (var child in content[number].GetProperty("content").EnumerateArray())
                    {
                        Block(child, item, string.Empty);
                    }

                    text.Append(indent).Append(type == "bulletList" ? "- " : string.Create(CultureInfo.InvariantCulture, $"{number + 1}. "))
                        .Append(item.ToString().TrimEnd('\n').Replace("\n\n", "\n", StringComparison.Ordinal).Replace("\n", "\n   ", StringComparison.Ordinal)).Append('\n');
                }

                text.Append('\n');
                break;
            case "tableRow":
                text.Append("| ").AppendJoin(" | ", content.Select(Cell)).Append(" |\n");
                text.Append(JiraRoutes.Text(content[0], "type") == "tableHeader" ? "|" + string.Concat(content.Select(_ => " --- |")) + "\n" : string.Empty);
                break;
            default:
                foreach (var child in content)
                {
                    Block(child, text, type == "blockquote" ? "> " : indent);
                }

                text.Append(type == "table" ? "\n" : string.Empty);
                break;
        }
    }

    private static void Check(JsonElement item)
    {
        if (JiraRoutes.Text(item, "type") != "listItem" || !item.TryGetProperty("content", out var content) || content.GetArrayLength() == 0)
        {
            throw Invalid();
        }
    }

    private static string Cell(JsonElement cell)
    {
        var text = new StringBuilder();
        Block(cell, text, string.Empty);
        return text.ToString().Trim().Replace('\n', ' ');
    }

    private static string Inline(JsonElement node)
    {
        if (JiraRoutes.Text(node, "type") == "hardBreak")
        {
            return "\\\n";
        }

        // An empty text, a line break in one, and a mark that is none are refused.
        var text = JiraRoutes.Text(node, "text") is { Length: > 0 } said && !said.Contains('\n', StringComparison.Ordinal) ? said : throw Invalid();
        var marks = node.TryGetProperty("marks", out var list) ? list.EnumerateArray().ToList() : [];
        var names = marks.Select(mark => JiraRoutes.Text(mark, "type")).ToList();
        if (names.Any(name => !Marks.Contains(name)) || (names.Contains("code") && names.Any(name => name is not ("code" or "link"))))
        {
            throw Invalid();
        }

        var shown = names.Contains("code") ? $"`{text}`" : MarkdownText.Quote(text);
        shown = names.Contains("em") ? $"*{shown}*" : shown;
        shown = names.Contains("strong") ? $"**{shown}**" : shown;
        shown = names.Contains("strike") ? $"~~{shown}~~" : shown;
        return names.IndexOf("link") is var at and >= 0 ? $"[{shown}]({marks[at].GetProperty("attrs").GetProperty("href").GetString()})" : shown;
    }

    private static JiraProblem Invalid() => new(400, null, ("comment", "INVALID_INPUT"));
}
