namespace Responder.Engine.Reports.Layout;

/// <summary>How much a written report shows of each thing; the rest is counted, and is in the report's JSON and in the journal.</summary>
/// <param name="Entries">Lines of the time line.</param>
/// <param name="Rows">Rows of a table.</param>
/// <param name="Items">Items of a list.</param>
/// <param name="Prose">Characters of a text that others wrote.</param>
/// <param name="Code">Characters of a code block.</param>
/// <param name="Span">Characters of a code span.</param>
internal sealed record Limits(int Entries, int Rows, int Items, int Prose, int Code, int Span)
{
    /// <summary>For a page, which has room.</summary>
    public static Limits Page { get; } = new(200, 100, 50, 600, 4000, 400);

    /// <summary>For a ticket, tried in this order until the text fits.</summary>
    public static IReadOnlyList<Limits> Ticket { get; } = [new(60, 40, 25, 400, 2000, 300), new(35, 25, 12, 250, 1000, 200), new(20, 12, 8, 150, 500, 120), new(10, 8, 4, 80, 200, 60)];
}
