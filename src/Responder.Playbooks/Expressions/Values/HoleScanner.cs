namespace Responder.Playbooks.Expressions;

/// <summary>A part of a scalar: the author's text, or what stands between <c>${{</c> and <c>}}</c>.</summary>
/// <param name="Text">The part.</param>
/// <param name="Offset">Where it begins in the scalar's text.</param>
/// <param name="IsHole">Whether it is an expression.</param>
internal sealed record Piece(string Text, int Offset, bool IsHole);

/// <summary>Finds the <c>${{ }}</c> of a scalar.</summary>
internal static class HoleScanner
{
    public const string Open = "${{";

    /// <summary>The parts in order. A line break after the last hole is not a part where the hole is the only one: a block scalar always ends with one.</summary>
    public static IReadOnlyList<Piece> Split(string text, ProblemList problems)
    {
        var pieces = new List<Piece>();
        var from = 0;
        while (text.IndexOf(Open, from, StringComparison.Ordinal) is var open and >= 0)
        {
            var start = open + Open.Length;
            var end = ScriptScanner.EndOfHole(text, start);
            if (end < 0)
            {
                problems.Add(ExpressionCodes.Braces, "this ${{ has no }} that ends it", HintFor(text, start), open);
                return [];
            }

            if (open > from)
            {
                pieces.Add(new Piece(text[from..open], from, false));
            }

            var source = text[start..end];
            var trimmed = source.TrimStart();
            if (trimmed.Length == 0)
            {
                problems.Add(ExpressionCodes.Braces, "there is nothing between ${{ and }}", "write an expression, or take it away", open);
            }

            pieces.Add(new Piece(trimmed.TrimEnd(), start + source.Length - trimmed.Length, true));
            from = end + 2;
        }

        var rest = text[from..];
        if (rest.Length > 0 && !(pieces.Count == 1 && rest.Trim('\n').Length == 0))
        {
            pieces.Add(new Piece(rest, from, false));
        }

        return pieces;
    }

    private static string HintFor(string text, int start)
    {
        if (text.IndexOf("}}", start, StringComparison.Ordinal) < 0)
        {
            return "close it with }}";
        }

        return text.IndexOf("//", start, StringComparison.Ordinal) >= 0
            ? "the }} there is in text or in a comment; a // comment goes on to the end of its line"
            : "the }} there is inside quotes or braces that are still open";
    }
}
