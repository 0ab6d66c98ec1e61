using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Responder.Engine.Reports.Layout;

namespace Responder.Engine.Reports;

/// <summary>The report as one HTML page: complete in itself, light and dark, made for print, without script; everything in it is escaped.</summary>
public static class ReportHtml
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    public static string Write(IncidentReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var blocks = ReportLayout.Compose(report, Limits.Page);
        var title = blocks.OfType<Heading>().First().Text;
        var body = new StringBuilder();
        foreach (var block in blocks)
        {
            body.Append(Render(block)).Append('\n');
        }

        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{ReportStyle.Hash}'; base-uri 'none'; form-action 'none'">
            <title>{Escape(title)}</title>
            <style>{ReportStyle.Css}</style>
            </head>
            <body>
            <main>
            {body}</main>
            </body>
            </html>

            """;
    }

    private static string Render(Block block) => block switch
    {
        Heading heading => $"<h{heading.Level}>{heading.Prefix}{Escape(heading.Text)}</h{heading.Level}>",
        Paragraph paragraph => $"<p>{Render(paragraph.Line)}</p>",
        Callout callout => $"<aside>{Render(callout.Line)}</aside>",
        Bullets bullets => $"<ul>\n{string.Concat(bullets.Items.Select(item => $"<li>{Render(item)}</li>\n"))}</ul>",
        Table table => Render(table),
        CodeBlock code => $"<pre><code>{Escape(code.Text)}</code></pre>",
        _ => throw new InvalidOperationException($"No way to write {block.GetType().Name}."),
    };

    private static string Render(Table table)
    {
        var head = string.Concat(table.Columns.Select(column => $"<th scope=\"col\">{Escape(column)}</th>"));
        var rows = string.Concat(table.Rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Render(cell)}</td>"))}</tr>\n"));
        return $"<div class=\"wide\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>";
    }

    private static string Render(Line line) => string.Concat(line.Spans.Select(Render));

    private static string Render(Span span) => span.Kind switch
    {
        SpanKind.Strong => $"<strong>{Escape(span.Text)}</strong>",
        SpanKind.Note => $"<em>{Escape(span.Text)}</em>",
        SpanKind.Code => $"<code>{Escape(span.Text)}</code>",
        SpanKind.Link => $"<a href=\"{Escape(span.Href!)}\" rel=\"noreferrer noopener\">{Escape(span.Text)}</a>",
        _ => Escape(span.Text),
    };

    private static string Escape(string text) => Encoder.Encode(text);
}
