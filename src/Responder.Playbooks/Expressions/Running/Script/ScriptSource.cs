using System.Text;
using Acornima;
using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>
/// An expression's text as the engine gets it: comparisons with null loosened, and the result of each <c>+</c> and each value in a template literal handed to a
/// guard, since nothing else would stop text from doubling until memory ends.
/// </summary>
internal sealed class ScriptSource
{
    /// <summary>The guard of <c>a + b</c>. No expression may use a name with a dollar sign.</summary>
    public const string Sum = "$sum";

    /// <summary>The guard of a value in a template literal.</summary>
    public const string Part = "$part";

    private readonly List<(int At, string Text)> _insertions = [];

    private ScriptSource(string source, Ast.Node root)
    {
        foreach (var node in Tree.All(root))
        {
            Guard(node);
        }

        _insertions = [.. _insertions.OrderBy(one => one.At)];
        var text = new StringBuilder();
        var from = 0;
        foreach (var (at, inserted) in _insertions)
        {
            text.Append(source, from, at - from).Append(inserted);
            from = at;
        }

        Text = text.Append(source, from, source.Length - from).ToString();
    }

    /// <summary>The text for the engine.</summary>
    public string Text { get; }

    public static ScriptSource Of(string source, Ast.Node root) => new(NullComparison.Loosen(source, root), root);

    /// <summary>Where a place of the engine's text is in the source.</summary>
    public int Original(int offset)
    {
        var inserted = 0;
        foreach (var (at, text) in _insertions)
        {
            if (at + inserted + text.Length > offset)
            {
                break;
            }

            inserted += text.Length;
        }

        return offset - inserted;
    }

    private void Guard(Ast.Node node)
    {
        switch (node)
        {
            case Ast.BinaryExpression { Operator: Operator.Addition }:
                Wrap(node, Sum);
                break;
            case Ast.TemplateLiteral template:
                foreach (var part in template.Expressions)
                {
                    Wrap(part, Part);
                }

                break;
            default:
                break;
        }
    }

    private void Wrap(Ast.Node node, string guard)
    {
        _insertions.Add((node.Start, guard + "("));
        _insertions.Add((node.End, ")"));
    }
}
