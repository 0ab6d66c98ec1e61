using System.Text;
using System.Text.Json.Nodes;
using Markdig.Syntax.Inlines;

namespace Responder.Connectors.Jira.Text;

/// <summary>What stands in a paragraph, as ADF: text nodes with marks. A text is never empty and holds no line break; code goes with a link and with no other mark.</summary>
internal static class AdfInlines
{
    public static JsonArray Write(ContainerInline? inlines, bool strong = false)
    {
        var into = new JsonArray();
        Walk(inlines, into, strong ? ["strong"] : [], null);
        return into;
    }

    /// <summary>A text without marks.</summary>
    public static JsonArray Plain(string text)
    {
        var into = new JsonArray();
        Add(into, text, [], null);
        return into;
    }

    /// <summary>Lines without marks.</summary>
    public static JsonArray Lines(string text)
    {
        var into = new JsonArray();
        foreach (var line in text.Split('\n'))
        {
            if (into.Count > 0)
            {
                into.Add(new JsonObject { ["type"] = "hardBreak" });
            }

            Add(into, line, [], null);
        }

        return into;
    }

    /// <summary>Without control characters, which Jira does not take.</summary>
    public static string Clean(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune))
            {
                plain.Append(rune);
            }
        }

        return plain.ToString();
    }

    private static void Walk(ContainerInline? container, JsonArray into, string[] marks, string? link)
    {
        foreach (var inline in container ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    Add(into, literal.Content.ToString(), marks, link);
                    break;
                case CodeInline code:
                    Add(into, code.Content, ["code"], link);
                    break;
                case HtmlEntityInline entity:
                    Add(into, entity.Transcoded.ToString(), marks, link);
                    break;
                case AutolinkInline address:
                    Add(into, address.Url, marks, address.IsEmail ? "mailto:" + address.Url : address.Url);
                    break;
                case LineBreakInline { IsHard: true }:
                    into.Add(new JsonObject { ["type"] = "hardBreak" });
                    break;
                case LineBreakInline:
                    Add(into, " ", marks, link);
                    break;
                case LinkInline to:
                    Walk(to, into, marks, to.Url);
                    break;
                case EmphasisInline emphasis:
                    var mark = emphasis.DelimiterChar == '~' ? "strike" : emphasis.DelimiterCount >= 2 ? "strong" : "em";
                    Walk(emphasis, into, marks.Contains(mark) ? marks : [.. marks, mark], link);
                    break;
                case ContainerInline other:
                    Walk(other, into, marks, link);
                    break;
            }
        }
    }

    private static void Add(JsonArray into, string text, string[] marks, string? link)
    {
        var clean = Clean(text).Replace('\n', ' ');
        if (clean.Length == 0)
        {
            return;
        }

        var all = new JsonArray([.. marks.Select(mark => (JsonNode)new JsonObject { ["type"] = mark })]);
        if (link is not null)
        {
            all.Add(new JsonObject { ["type"] = "link", ["attrs"] = new JsonObject { ["href"] = link } });
        }

        // Pieces that differ in nothing are one text.
        if (into.LastOrDefault() is JsonObject last && last["type"]!.GetValue<string>() == "text" && JsonNode.DeepEquals(last["marks"], all.Count == 0 ? null : all))
        {
            last["text"] = last["text"]!.GetValue<string>() + clean;
            return;
        }

        var node = new JsonObject { ["type"] = "text", ["text"] = clean };
        if (all.Count > 0)
        {
            node["marks"] = all;
        }

        into.Add(node);
    }
}
