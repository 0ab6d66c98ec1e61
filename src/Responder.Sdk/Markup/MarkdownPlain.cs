using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Responder.Sdk.Markup;

/// <summary>Markdown as plain text, for mails and for those who read no HTML: values stand there letter by letter, without marks.</summary>
public static class MarkdownPlain
{
    /// <summary>The plain text.</summary>
    /// <param name="markdown">The text.</param>
    public static string Write(string markdown)
    {
        var text = new StringBuilder();
        Blocks(MarkdownTree.Read(markdown), text, string.Empty);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The plain text of what stands in one paragraph, heading or cell.</summary>
    /// <param name="inlines">Its inlines.</param>
    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        Inlines(inlines, text);
        return text.ToString();
    }

    private static void Blocks(ContainerBlock container, StringBuilder text, string indent)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    Lines(text, indent, Of(heading.Inline));
                    text.Append(indent).Append(heading.Level == 1 ? '=' : '-', Math.Min(Of(heading.Inline).Length, 72)).Append("\n\n");
                    break;
                case LeafBlock { Inline: { } inline }:
                    Lines(text, indent, Of(inline));
                    text.Append(container is ListItemBlock { Parent: ListBlock { IsLoose: false } } ? string.Empty : "\n");
                    break;
                case CodeBlock code:
                    Lines(text, indent + "    ", code.Lines.ToString());
                    text.Append('\n');
                    break;
                case ThematicBreakBlock:
                    text.Append(indent).Append("----\n\n");
                    break;
                case ListBlock list:
                    List(list, text, indent);
                    break;
                case QuoteBlock quote:
                    Blocks(quote, text, indent + "> ");
                    break;
                case Table table:
                    Rows(table, text, indent);
                    break;
                case ContainerBlock other:
                    Blocks(other, text, indent);
                    break;
            }
        }
    }

    private static void List(ListBlock list, StringBuilder text, string indent)
    {
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var mark = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
            var inner = new StringBuilder();
            Blocks(item, inner, string.Empty);
            var lines = inner.ToString().TrimEnd('\n').Split('\n');
            text.Append(indent).Append(mark).Append(lines[0]).Append('\n');
            foreach (var line in lines.Skip(1))
            {
                text.Append(indent).Append(' ', mark.Length).Append(line).Append('\n');
            }
        }

        text.Append('\n');
    }

    private static void Rows(Table table, StringBuilder text, string indent)
    {
        foreach (var row in table.OfType<TableRow>())
        {
            text.Append(indent).AppendJoin(" | ", row.OfType<TableCell>().Select(cell => string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => Of(leaf.Inline))))).Append('\n');
        }

        text.Append('\n');
    }

    private static void Lines(StringBuilder text, string indent, string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            text.Append(indent).Append(line).Append('\n');
        }
    }

    private static void Inlines(ContainerInline? container, StringBuilder text)
    {
        foreach (var inline in container ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case AutolinkInline address:
                    text.Append(address.Url);
                    break;
                case LineBreakInline:
                    text.Append('\n');
                    break;
                case LinkInline link:
                    var from = text.Length;
                    Inlines(link, text);
                    text.Append(text.ToString(from, text.Length - from) == link.Url ? string.Empty : $" ({link.Url})");
                    break;
                case ContainerInline other:
                    Inlines(other, text);
                    break;
            }
        }
    }
}
