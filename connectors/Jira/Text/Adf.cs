using System.Globalization;
using System.Text.Json.Nodes;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Responder.Sdk.Markup;

namespace Responder.Connectors.Jira.Text;

/// <summary>Markdown as Atlassian's document format, by what each node may hold (developer.atlassian.com, document structure): a list item holds no heading and no table, a quote no heading.</summary>
internal static class Adf
{
    /// <summary>The document, and how many characters of text are in it, a block counted as one more.</summary>
    public static (JsonObject Document, int Length) Write(string markdown)
    {
        var content = new JsonArray();
        Blocks(MarkdownTree.Read(markdown), content, Where.Root);
        if (content.Count == 0)
        {
            content.Add(Node("paragraph", []));
        }

        var document = new JsonObject { ["version"] = 1, ["type"] = "doc", ["content"] = content };
        return (document, Length(document));
    }

    private static void Blocks(ContainerBlock container, JsonArray into, Where where)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading when where == Where.Root:
                    into.Add(Node("heading", AdfInlines.Write(heading.Inline), new JsonObject { ["level"] = heading.Level }));
                    break;
                case HeadingBlock heading:
                    into.Add(Node("paragraph", AdfInlines.Write(heading.Inline, strong: true)));
                    break;
                case LeafBlock { Inline: { } inline }:
                    into.Add(Node("paragraph", AdfInlines.Write(inline)));
                    break;
                case CodeBlock code:
                    Code(code, into, where);
                    break;
                case ThematicBreakBlock when where == Where.Root:
                    into.Add(new JsonObject { ["type"] = "rule" });
                    break;
                case ListBlock list:
                    into.Add(List(list));
                    break;
                case QuoteBlock quote when where == Where.Root:
                    into.Add(Node("blockquote", Held(quote, Where.Quote)));
                    break;
                case Table table when where == Where.Root:
                    into.Add(Rows(table));
                    break;
                case Table table:
                    foreach (var row in table.OfType<TableRow>())
                    {
                        into.Add(Node("paragraph", AdfInlines.Plain(string.Join(" | ", row.OfType<TableCell>().Select(CellText)))));
                    }

                    break;
                case ContainerBlock other:
                    Blocks(other, into, where);
                    break;
            }
        }
    }

    private static void Code(CodeBlock code, JsonArray into, Where where)
    {
        var text = AdfInlines.Clean(code.Lines.ToString());
        if (where == Where.Quote)
        {
            into.Add(Node("paragraph", AdfInlines.Lines(text)));
            return;
        }

        var node = Node("codeBlock", text.Length == 0 ? [] : [new JsonObject { ["type"] = "text", ["text"] = text }]);
        if (code is FencedCodeBlock { Info: { Length: > 0 } language })
        {
            node["attrs"] = new JsonObject { ["language"] = language };
        }

        into.Add(node);
    }

    private static JsonObject List(ListBlock list)
    {
        var items = new JsonArray();
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var content = Held(item, Where.Item);

            // The first thing of an item is a paragraph.
            if (content[0]!["type"]!.GetValue<string>() != "paragraph")
            {
                content.Insert(0, Node("paragraph", []));
            }

            items.Add(Node("listItem", content));
        }

        var start = list.IsOrdered && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        return Node(list.IsOrdered ? "orderedList" : "bulletList", items, start == 1 ? null : new JsonObject { ["order"] = start });
    }

    private static JsonObject Rows(Table table)
    {
        var rows = new JsonArray();
        foreach (var row in table.OfType<TableRow>())
        {
            var cells = new JsonArray();
            foreach (var cell in row.OfType<TableCell>())
            {
                cells.Add(Node(row.IsHeader ? "tableHeader" : "tableCell", Held(cell, Where.Item), []));
            }

            rows.Add(Node("tableRow", cells));
        }

        return Node("table", rows);
    }

    private static JsonArray Held(ContainerBlock container, Where where)
    {
        var content = new JsonArray();
        Blocks(container, content, where);
        if (content.Count == 0)
        {
            content.Add(Node("paragraph", []));
        }

        return content;
    }

    private static string CellText(TableCell cell) => string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => MarkdownPlain.Of(leaf.Inline)));

    private static JsonObject Node(string type, JsonArray content, JsonObject? attrs = null)
    {
        var node = new JsonObject { ["type"] = type };
        if (attrs is not null)
        {
            node["attrs"] = attrs;
        }

        node["content"] = content;
        return node;
    }

    private static int Length(JsonNode? node) => node switch
    {
        JsonObject one when one["text"] is JsonValue text => text.GetValue<string>().Length,
        JsonObject one => 1 + Length(one["content"]),
        JsonArray many => many.Sum(Length),
        _ => 0,
    };

    private enum Where
    {
        Root,
        Item,
        Quote,
    }
}
