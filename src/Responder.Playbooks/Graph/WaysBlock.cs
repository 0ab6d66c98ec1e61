namespace Responder.Playbooks.Graph;

/// <summary>Ways beside each other under one head: the cases of a choice, the branches of a parallel, try and catch.</summary>
/// <param name="Head">The node above them.</param>
/// <param name="Ways">Each with its name.</param>
/// <param name="AllRun">True for branches, which are drawn from bar to bar.</param>
internal sealed record WaysBlock(Block Head, IReadOnlyList<(string Name, ListBlock Steps)> Ways, bool AllRun) : Block
{
    private const double Between = 28;
    private const double Above = 44;
    private const double Below = 22;

    private readonly double[] _lefts = Lefts(Ways);

    private double FirstAxis => _lefts[0] + Ways[0].Steps.Axis;

    private double LastAxis => _lefts[^1] + Ways[^1].Steps.Axis;

    private double Shift => Math.Max(0, Head.Axis - ((FirstAxis + LastAxis) / 2));

    public override double Axis => ((FirstAxis + LastAxis) / 2) + Shift;

    public override double Width => Math.Max(Axis + Head.Width - Head.Axis, Shift + _lefts[^1] + ColumnWidth(Ways[^1]));

    public override double Height => Head.Height + Above + Ways.Max(way => way.Steps.Height) + Below;

    public override bool Ends => Ways.All(way => way.Steps.Ends);

    public override void Draw(Canvas canvas, double x, double y)
    {
        Head.Draw(canvas, x + Axis - Head.Axis, y);
        var (fork, top, join) = (y + Head.Height + 14, y + Head.Height + Above, y + Height - 8);
        canvas.Line(false, (x + Axis, y + Head.Height), (x + Axis, fork));
        for (var index = 0; index < Ways.Count; index++)
        {
            var (name, steps) = Ways[index];
            var left = x + Shift + _lefts[index];
            var axis = left + steps.Axis;
            canvas.Line(!steps.IsLine, (x + Axis, fork), (axis, fork), (axis, top));
            canvas.Nodes.Add(Canvas.Text(axis + 7, fork + 15, Canvas.Fit(name, Math.Max(ColumnWidth(Ways[index]) - steps.Axis, 40), 6.2), "small way", "start"));
            steps.Draw(canvas, left, top);
            if (!steps.Ends)
            {
                canvas.Line(false, (axis, top + steps.Height), (axis, join), (x + Axis, join));
            }
        }

        if (AllRun)
        {
            canvas.Nodes.Add(Canvas.Rect(x + Shift + FirstAxis - 10, fork - 2, LastAxis - FirstAxis + 20, 4, 2, "bar"));
            canvas.Nodes.Add(Canvas.Rect(x + Shift + FirstAxis - 10, join - 2, LastAxis - FirstAxis + 20, 4, 2, "bar"));
        }

        if (!Ends)
        {
            canvas.Line(false, (x + Axis, join), (x + Axis, y + Height));
        }
    }

    private static double[] Lefts(IReadOnlyList<(string Name, ListBlock Steps)> ways)
    {
        var lefts = new double[ways.Count];
        for (var index = 1; index < ways.Count; index++)
        {
            lefts[index] = lefts[index - 1] + ColumnWidth(ways[index - 1]) + Between;
        }

        return lefts;
    }

    // A way without steps still needs room for its name.
    private static double ColumnWidth((string Name, ListBlock Steps) way) => Math.Max(way.Steps.Width, way.Steps.Axis + 8 + Math.Min(way.Name.Length * 6.2, 120));
}
