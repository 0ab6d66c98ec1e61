using Markdig;

namespace Responder.Sdk.Markup;

/// <summary>Markdown as HTML, for mails and pages.</summary>
public static class MarkdownHtml
{
    /// <summary>The HTML: no raw HTML of the text, no pictures, links to web pages and mail addresses only.</summary>
    /// <param name="markdown">The text.</param>
    public static string Write(string markdown) => MarkdownTree.Read(markdown).ToHtml(MarkdownTree.Pipeline);
}
