using System.Text.Json.Nodes;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Responder.Sdk.Markup;

namespace Responder.Connectors.Teams.Cards;

/// <summary>
/// Markdown as blocks of runs. A card's plain text block reads Markdown of its own kind, in which a value from an alert could become a link; a run is shown letter by letter.
/// </summary>
internal static class CardText
{
    public static IEnumerable<JsonObject> Write(string markdown) => Blocks(MarkdownTree.Read(markdown), string.Empty);

    public static JsonObject Runs(JsonArray runs, string? size = null)
    {
        if (size is not null)
        {
            foreach (var run in runs.OfType<JsonObject>())
            {
                run["size"] = size;
            }
        }

        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = runs };
    }

    public static JsonObject Run(string text, bool bold = false, bool subtle = false)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        if (bold)
        {
            run["weight"] = "bolder";
        }

        if (subtle)
        {
            run["isSubtle"] = true;
        }

        return run;
    }

    private static IEnumerable<JsonObject> Blocks(ContainerBlock container, string before)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    yield return Line(before, heading.Inline, bold: true);
                    break;
                case LeafBlock { Inline: { } inline }:
                    yield return Line(before, inline);
                    before = before.Length == 0 ? before : "   ";
                    break;
                case CodeBlock code:
                    var lines = Run(before + code.Lines);
                    lines["fontType"] = "monospace";
                    yield return Runs([lines]);
                    break;
                case ListBlock list:
                    var number = 1;
                    foreach (var inner in list.OfType<ListItemBlock>().SelectMany(item => Blocks(item, $"{before}{(list.IsOrdered ? $"{number++}." : "•")} ")))
                    {
                        yield return inner;
                    }

                    break;
                case Table table:
                    foreach (var row in table.OfType<TableRow>())
                    {
                        var cells = string.Join(" | ", row.OfType<TableCell>().Select(cell => string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => MarkdownPlain.Of(leaf.Inline)))));
                        yield return Runs([Run(before + cells, row.IsHeader)]);
                    }

                    break;
                case ContainerBlock other:
                    foreach (var inner in Blocks(other, before))
                    {
                        yield return inner;
                    }

                    break;
            }
        }
    }

    private static JsonObject Line(string before, ContainerInline? inlines, bool bold = false)
    {
        var runs = new JsonArray();
        if (before.Length > 0)
        {
            runs.Add(Run(before));
        }

        Walk(inlines, runs, run =>
        {
            if (bold)
            {
                run["weight"] = "bolder";
            }
        });
        return Runs(runs);
    }

    private static void Walk(ContainerInline? container, JsonArray runs, Action<JsonObject> style)
    {
        foreach (var inline in container ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    Add(literal.Content.ToString(), style);
                    break;
                case CodeInline code:
                    Add(code.Content, style + (run => run["fontType"] = "monospace"));
                    break;
                case HtmlEntityInline entity:
                    Add(entity.Transcoded.ToString(), style);
                    break;
                case AutolinkInline address:
                    Add(address.Url, style + Opens(address.IsEmail ? "mailto:" + address.Url : address.Url));
                    break;
                case LineBreakInline line:
                    Add(line.IsHard ? "\n" : " ", style);
                    break;
                case LinkInline link:
                    Walk(link, runs, style + Opens(link.Url!));
                    break;
                case EmphasisInline emphasis:
                    Walk(emphasis, runs, style + (run => run[emphasis.DelimiterChar == '~' ? "strikethrough" : emphasis.DelimiterCount >= 2 ? "weight" : "italic"] =
                        emphasis.DelimiterChar != '~' && emphasis.DelimiterCount >= 2 ? "bolder" : true));
                    break;
                case ContainerInline other:
                    Walk(other, runs, style);
                    break;
            }
        }

        void Add(string text, Action<JsonObject> how)
        {
            if (text.Length > 0)
            {
                var run = Run(text);
                how(run);
                runs.Add(run);
            }
        }
    }

    private static Action<JsonObject> Opens(string url) => run => run["selectAction"] = new JsonObject { ["type"] = "Action.OpenUrl", ["url"] = url };
}
