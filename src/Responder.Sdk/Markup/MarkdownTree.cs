using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Responder.Sdk.Markup;

/// <summary>Markdown as a tree: CommonMark with pipe tables and struck-through text. Nothing else is a mark, and raw HTML is plain text.</summary>
public static class MarkdownTree
{
    private static readonly string[] Followed = ["http", "https", "mailto"];

    /// <summary>How it is read; for renderers of Markdig's own.</summary>
    public static MarkdownPipeline Pipeline { get; } = new MarkdownPipelineBuilder()
        .UsePipeTables(new PipeTableOptions { UseHeaderForColumnCount = true }).UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).DisableHtml().Build();

    /// <summary>
    /// Reads it. Pictures become links, so that no reader's program fetches one unasked; links to anything but web pages and mail addresses become their text.
    /// </summary>
    /// <param name="markdown">The text; values from alerts quoted by <c>MarkdownText.Quote</c>.</param>
    public static MarkdownDocument Read(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            link.IsImage = false;
            if (!IsFollowed(link.Url))
            {
                Unwrap(link);
            }
        }

        foreach (var address in document.Descendants<AutolinkInline>().Where(address => !address.IsEmail && !IsFollowed(address.Url)).ToList())
        {
            address.ReplaceBy(new LiteralInline(address.Url));
        }

        return document;
    }

    /// <summary>True where a link may lead there.</summary>
    /// <param name="url">The address.</param>
    public static bool IsFollowed(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && Followed.Contains(address.Scheme);

    private static void Unwrap(LinkInline link)
    {
        while (link.FirstChild is { } child)
        {
            child.Remove();
            link.InsertBefore(child);
        }

        link.Remove();
    }
}
