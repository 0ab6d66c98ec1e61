using System.Globalization;
using System.Xml.Linq;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Graph;

/// <summary>One step, or the start or end of the playbook.</summary>
/// <param name="Kind">For its look.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Detail">The second line.</param>
internal sealed record NodeBlock(string Kind, string Label, string Detail) : Block
{
    private const double NodeWidth = 256;
    private const double NodeHeight = 48;
    private const double GateHeight = 20;

    /// <summary>The step; null for start and end.</summary>
    public Step? Step { get; init; }

    /// <summary>Its status; null where it is not told.</summary>
    public string? Status { get; init; }

    /// <summary>Who is asked in front of it; null where nobody.</summary>
    public string? Gate { get; init; }

    public override double Width => NodeWidth;

    public override double Height => NodeHeight + (Gate is null ? 0 : GateHeight);

    public override double Axis => NodeWidth / 2;

    public override bool Ends => Kind is "stop" or "end";

    public override void Draw(Canvas canvas, double x, double y)
    {
        XElement group = new(Canvas.Svg + "g", new XAttribute("class", $"node k-{Kind}{(Status is null ? string.Empty : " s-" + Status)}"));
        if (Step is not null)
        {
            group.Add(new XAttribute("data-place", Canvas.Clean(Step.Place)), new XAttribute("data-line", Step.At.Line.ToString(CultureInfo.InvariantCulture)));
        }

        group.Add(new XElement(Canvas.Svg + "title", Canvas.Clean(string.Join('\n', new[] { Label, Detail, Gate, Condition, Status?.Replace('_', ' ') }.Where(line => !string.IsNullOrEmpty(line))))));
        if (Gate is not null)
        {
            group.Add(Canvas.Rect(x + 20, y, NodeWidth - 40, GateHeight + 10, 8, "gate"));
            group.Add(Canvas.Text(x + Axis, y + 14, Canvas.Fit(Gate, NodeWidth - 56, 6.2), "small"));
            y += GateHeight;
        }

        group.Add(Canvas.Rect(x, y, NodeWidth, NodeHeight, Kind is "start" or "end" or "stop" ? NodeHeight / 2 : Kind is "if" or "switch" ? 16 : 6, "box" + (Step?.When is null ? string.Empty : " maybe")));
        group.Add(Canvas.Text(x + Axis, y + (Detail.Length == 0 ? 28 : 20), Canvas.Fit(Label, NodeWidth - (Status is null ? 16 : 48), 7.8), "label"));
        group.Add(Canvas.Text(x + Axis, y + 37, Canvas.Fit(Detail, NodeWidth - 20, 6.4), "small"));
        if (Status is not null)
        {
            group.Add(Canvas.Text(x + NodeWidth - 14, y + 19, GraphStyle.Mark(Status), "mark"));
        }

        canvas.Nodes.Add(group);
    }

    private string? Condition => Step?.When is { } when ? "when " + when.Source : null;
}
