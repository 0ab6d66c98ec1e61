using System.Collections.Frozen;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Responder.Sdk.Markup;

namespace Responder.Connectors.Jira.Text;

/// <summary>Markdown as the wiki text of Jira Data Center.</summary>
internal static class WikiText
{
    /// <summary>Languages that a code block may name; any other would be shown as an error.</summary>
    private static readonly FrozenSet<string> Languages = new[]
    {
        "bash", "c", "c#", "c++", "css", "go", "groovy", "html", "java", "javascript", "json", "lua", "perl", "php", "python", "ruby", "scala", "sql", "swift", "xml", "yaml",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static string Write(string markdown)
    {
        var text = new StringBuilder();
        Blocks(MarkdownTree.Read(markdown), text, string.Empty, "\n\n");
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Blocks(ContainerBlock container, StringBuilder text, string list, string after)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading when list.Length == 0 && container is MarkdownDocument:
                    text.Append('h').Append(heading.Level).Append(". ").Append(Inlines(heading.Inline)).Append("\n\n");
                    break;
                case LeafBlock { Inline: { } inline }:
                    text.Append(Inlines(inline)).Append(after);
                    break;
                case CodeBlock code:
                    Code(code, text);
                    break;
                case ThematicBreakBlock when list.Length == 0:
                    text.Append("----\n\n");
                    break;
                case ListBlock items:
                    List(items, text, list);
                    break;
                case QuoteBlock quote when list.Length == 0:
                    text.Append("{quote}\n");
                    Blocks(quote, text, list, "\n");
                    text.Append("{quote}\n\n");
                    break;
                case Table table:
                    Rows(table, text);
                    break;
                case ContainerBlock other:
                    Blocks(other, text, list, after);
                    break;
            }
        }
    }

    private static void List(ListBlock items, StringBuilder text, string outer)
    {
        var mark = outer + (items.IsOrdered ? '#' : '*');
        foreach (var item in items.OfType<ListItemBlock>())
        {
            text.Append(mark).Append(' ');
            Blocks(item, text, mark, "\n");
        }

        text.Append(outer.Length == 0 ? "\n" : string.Empty);
    }

    private static void Code(CodeBlock code, StringBuilder text)
    {
        var lines = AdfInlines.Clean(code.Lines.ToString());
        var language = code is FencedCodeBlock { Info: { } info } && Languages.Contains(info) ? ":" + info.ToLowerInvariant() : string.Empty;

        // What would end the block is pulled apart by a blank: nothing can escape it in there.
        var kind = lines.Contains("{code", StringComparison.OrdinalIgnoreCase) ? "noformat" : "code";
        var body = lines.Replace("{noformat", "{ noformat", StringComparison.OrdinalIgnoreCase);
        text.Append('{').Append(kind).Append(kind == "code" ? language : string.Empty).Append("}\n").Append(kind == "code" ? lines : body).Append("\n{").Append(kind).Append("}\n\n");
    }

    private static void Rows(Table table, StringBuilder text)
    {
        foreach (var row in table.OfType<TableRow>())
        {
            var bar = row.IsHeader ? "||" : "|";
            foreach (var cell in row.OfType<TableCell>())
            {
                var inner = string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => Inlines(leaf.Inline))).Replace('\n', ' ');
                text.Append(bar).Append(inner.Length == 0 ? " " : inner);
            }

            text.Append(bar).Append('\n');
        }

        text.Append('\n');
    }

    private static string Inlines(ContainerInline? container)
    {
        var text = new StringBuilder();
        foreach (var inline in container ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(WikiEscape.Write(literal.Content.ToString()));
                    break;
                case CodeInline { Content: { Length: > 0 } code }:
                    text.Append("{{").Append(WikiEscape.Write(code)).Append("}}");
                    break;
                case HtmlEntityInline entity:
                    text.Append(WikiEscape.Write(entity.Transcoded.ToString()));
                    break;
                case AutolinkInline address:
                    text.Append('[').Append(address.IsEmail ? "mailto:" : string.Empty).Append(WikiEscape.Address(address.Url)).Append(']');
                    break;
                case LineBreakInline { IsHard: true }:
                    text.Append('\n');
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case LinkInline link:
                    text.Append('[').Append(Inlines(link)).Append('|').Append(WikiEscape.Address(link.Url!)).Append(']');
                    break;
                case EmphasisInline emphasis:
                    var mark = emphasis.DelimiterChar == '~' ? "-" : emphasis.DelimiterCount >= 2 ? "*" : "_";
                    var inside = Touches(emphasis) ? $"{{{mark}}}" : mark;
                    text.Append(inside).Append(Inlines(emphasis)).Append(inside);
                    break;
                case ContainerInline other:
                    text.Append(Inlines(other));
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>True where a mark stands within a word, or against another mark: there it counts only in braces.</summary>
    private static bool Touches(EmphasisInline emphasis) =>
        (emphasis.PreviousSibling is LiteralInline before && before.Content.Length > 0 && char.IsLetterOrDigit(before.Content.ToString()[^1]))
        || (emphasis.NextSibling is LiteralInline after && after.Content.Length > 0 && char.IsLetterOrDigit(after.Content.ToString()[0]))
        || emphasis.PreviousSibling is EmphasisInline || emphasis.NextSibling is EmphasisInline;
}
