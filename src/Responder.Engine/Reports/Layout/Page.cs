using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports.Layout;

/// <summary>Gathers blocks. Text goes through it on its way in: hidden characters named, addresses defanged, length held.</summary>
internal sealed class Page(Limits limits, Defang defang, Clock clock)
{
    public Limits Limits { get; } = limits;

    public Clock Clock { get; } = clock;

    public List<Block> Blocks { get; } = [];

    public void Section(int number, string title) => Blocks.Add(new Heading(2, title, number));

    public void Topic(string title) => Blocks.Add(new Heading(3, title));

    public void Say(string text) => Blocks.Add(new Paragraph(Prose(text)));

    public void Code(string text) => Blocks.Add(new CodeBlock(SafeText.Fit(text, Limits.Code, head => SafeText.Visible(head, lines: true))));

    /// <summary>At most so many lines, then how many more there are.</summary>
    public void List(IEnumerable<Line> lines, int omitted = 0)
    {
        var all = lines.ToList();
        var shown = all.Take(Limits.Items).ToList();
        if (all.Count - shown.Count + omitted is > 0 and var more)
        {
            shown.Add(More(more));
        }

        if (shown.Count > 0 && Blocks is [.., Bullets before])
        {
            // Two lists in a row would be one in Markdown anyway, with odd gaps.
            Blocks[^1] = new Bullets([.. before.Items, .. shown]);
        }
        else if (shown.Count > 0)
        {
            Blocks.Add(new Bullets(shown));
        }
    }

    public void List(IEnumerable<string> texts, int omitted = 0) => List(texts.Select(Prose), omitted);

    public void Table(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<Line>> rows, int most, int omitted = 0)
    {
        if (rows.Count > 0)
        {
            Blocks.Add(new Table(columns, [.. rows.Take(most)]));
        }

        if (Math.Max(0, rows.Count - most) + omitted is > 0 and var more)
        {
            Blocks.Add(new Paragraph(More(more)));
        }
    }

    /// <summary>What only an analyst can add, said so.</summary>
    public void ToComplete(IEnumerable<string> texts) => List(texts.Select(text => new Line().Add(SpanKind.Note, $"To be completed by the analyst: {text}.")));

    public Line Prose(string text) => new Line().Text(Shown(text));

    public Line Labelled(string label, string text) => new Line().Add(SpanKind.Strong, $"{label}:").Text(" " + Shown(text));

    /// <summary>An exact value in a code span.</summary>
    public Line Exact(string value) => new Line().Add(SpanKind.Code, SafeText.Fit(value, Limits.Span, head => SafeText.Visible(head)));

    public string Shown(string text) => SafeText.Fit(text, Limits.Prose, head => defang.Text(SafeText.Visible(head)));

    private static Line More(int more) => new Line().Add(SpanKind.Note, $"… and {Amounts.Count(more)} more; the run's page and the report's JSON have them.");
}
