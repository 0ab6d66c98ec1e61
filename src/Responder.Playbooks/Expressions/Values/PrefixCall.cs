using Acornima;
using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary><c>prefix(x)</c> as the whole of a <c>${{ }}</c>: a mark on the value, not a function of it.</summary>
internal static class PrefixCall
{
    public static (string Source, int Offset, bool IsPrefix) Strip(Piece piece)
    {
        if (!piece.Text.StartsWith("prefix", StringComparison.Ordinal))
        {
            return (piece.Text, piece.Offset, false);
        }

        try
        {
            var call = new Parser().ParseExpression(piece.Text, strict: true) as Ast.CallExpression;
            return call is { Callee: Ast.Identifier { Name: "prefix" }, Arguments: [not Ast.SpreadElement and var argument] }
                ? (piece.Text[argument.Start..argument.End], piece.Offset + argument.Start, true)
                : (piece.Text, piece.Offset, false);
        }
        catch (Exception error) when (error is ParseErrorException or InsufficientExecutionStackException)
        {
            return (piece.Text, piece.Offset, false); // the analysis that follows says what is wrong
        }
    }
}
