namespace Responder.Engine.Reports.Layout;

/// <summary>A part of a written report, before it is Markdown or HTML: so that both say the same.</summary>
internal abstract record Block;

/// <summary>A heading; a section's has a number.</summary>
internal sealed record Heading(int Level, string Text, int? Number = null) : Block
{
    public string Prefix => Number is { } number ? $"{number}. " : "";
}

internal sealed record Paragraph(Line Line) : Block;

/// <summary>Set apart at the top: what a reader must know first.</summary>
internal sealed record Callout(Line Line) : Block;

internal sealed record Bullets(IReadOnlyList<Line> Items) : Block;

internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Line>> Rows) : Block;

/// <summary>Exact text.</summary>
internal sealed record CodeBlock(string Text) : Block;

/// <summary>A line of text in spans. Every span's text is data: the writers escape all of it.</summary>
internal sealed class Line
{
    public List<Span> Spans { get; } = [];

    public Line Add(SpanKind kind, string text, string? href = null)
    {
        Spans.Add(new Span(kind, text, href));
        return this;
    }

    public Line Text(string text) => Add(SpanKind.Text, text);
}

internal sealed record Span(SpanKind Kind, string Text, string? Href = null);

internal enum SpanKind
{
    Text,
    Strong,
    Code,
    Note,
    Link,
}
