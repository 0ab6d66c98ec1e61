using System.Globalization;
using System.Xml.Linq;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Graph;

/// <summary>Steps in a frame with a title: the passes of a loop, what runs when the run fails.</summary>
internal sealed record FrameBlock(string Title, ListBlock Inside, string Class, bool Loops) : Block
{
    private const double Side = 22;
    private const double TitleHeight = 26;
    private const double Bottom = 18;

    /// <summary>The loop; null for a frame round no step.</summary>
    public Step? Step { get; init; }

    /// <summary>Its status; null where it is not told.</summary>
    public string? Status { get; init; }

    public override double Width => Math.Max(Inside.Width + (2 * Side), Math.Min((Title.Length * 6.4) + (2 * Side), 420));

    public override double Height => TitleHeight + Inside.Height + Bottom + (Loops ? Gap / 2 : 0);

    public override double Axis => Inside.Axis + ((Width - Inside.Width) / 2);

    public override void Draw(Canvas canvas, double x, double y)
    {
        XElement group = new(Canvas.Svg + "g", new XAttribute("class", $"{Class}{(Status is null ? string.Empty : " s-" + Status)}"));
        if (Step is not null)
        {
            group.Add(new XAttribute("data-place", Canvas.Clean(Step.Place)), new XAttribute("data-line", Step.At.Line.ToString(CultureInfo.InvariantCulture)));
        }

        group.Add(new XElement(Canvas.Svg + "title", Canvas.Clean(Title)));
        group.Add(Canvas.Rect(x, y, Width, Height, 10, "edge"));
        group.Add(Canvas.Text(x + 12, y + 17, Canvas.Fit(Title, Width - 24, 6.4), "small head", "start"));
        canvas.Nodes.Add(group);
        var (axis, top) = (x + Axis, y + TitleHeight);
        var end = top + Inside.Height;
        Inside.Draw(canvas, axis - Inside.Axis, top);
        if (Loops && !Inside.Ends)
        {
            // Back to the first step, along the left side.
            canvas.Line(true, (axis, end), (axis, end + 12), (x + 10, end + 12), (x + 10, top + 12), (axis - Inside.Axis + FirstLeft, top + 12));
            canvas.Line(false, (axis, end + 12), (axis, y + Height));
        }
    }

    private double FirstLeft => Inside.Blocks.Count == 0 ? 0 : Inside.Axis - Inside.Blocks[0].Axis + (Inside.Blocks[0] is WaysBlock ways ? ways.Axis - ways.Head.Axis : 0);
}
