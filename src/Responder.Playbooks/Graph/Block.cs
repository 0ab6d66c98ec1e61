namespace Responder.Playbooks.Graph;

/// <summary>A part of the picture: a box that is entered at the top and left at the bottom, on one vertical axis.</summary>
internal abstract record Block
{
    /// <summary>Between two blocks of a list.</summary>
    public const double Gap = 26;

    public abstract double Width { get; }

    public abstract double Height { get; }

    /// <summary>Where it is entered and left, from its left side.</summary>
    public abstract double Axis { get; }

    /// <summary>True where nothing leads out of it.</summary>
    public virtual bool Ends => false;

    /// <summary>True where a line into it needs no head: it begins with a line itself.</summary>
    public virtual bool IsLine => false;

    /// <summary>Draws it with its top left corner there.</summary>
    public abstract void Draw(Canvas canvas, double x, double y);
}

/// <summary>Blocks one after the other.</summary>
internal sealed record ListBlock(IReadOnlyList<Block> Blocks) : Block
{
    public override double Axis { get; } = Blocks.Count == 0 ? 12 : Blocks.Max(block => block.Axis);

    public override double Width { get; } = Blocks.Count == 0 ? 24 : Blocks.Max(block => block.Axis) + Blocks.Max(block => block.Width - block.Axis);

    public override double Height { get; } = Blocks.Sum(block => block.Height) + (Math.Max(0, Blocks.Count - 1) * Gap);

    public override bool Ends => Blocks.Count > 0 && Blocks[^1].Ends;

    public override bool IsLine => Blocks.Count == 0;

    public override void Draw(Canvas canvas, double x, double y)
    {
        for (var index = 0; index < Blocks.Count; index++)
        {
            var block = Blocks[index];
            block.Draw(canvas, x + Axis - block.Axis, y);
            y += block.Height;
            if (index + 1 < Blocks.Count)
            {
                if (!block.Ends)
                {
                    canvas.Line(!Blocks[index + 1].IsLine, (x + Axis, y), (x + Axis, y + Gap));
                }

                y += Gap;
            }
        }
    }
}
