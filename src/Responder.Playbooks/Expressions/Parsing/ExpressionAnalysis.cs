using Acornima;
using Responder.Playbooks.Language;
using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>From text to a checked expression: parse, refuse what is not pure, collect what it reads, prepare it.</summary>
internal static class ExpressionAnalysis
{
    private const int MaxLength = 20_000;

    private static readonly ParserOptions Options = ParserOptions.Default with { EcmaVersion = EcmaVersion.ES2023 };

    /// <param name="source">The expression's text.</param>
    /// <param name="shift">Where it begins in the text that offsets of problems count in.</param>
    /// <param name="locate">From a place in that text to one in the file.</param>
    /// <param name="at">Where the expression begins in the file.</param>
    public static ParsedExpression Run(string source, int shift, Func<int, SourcePosition> locate, SourcePosition at)
    {
        var problems = new ProblemList(shift, locate);
        if (Parse(source, problems) is not { } root)
        {
            return new ParsedExpression(null, problems.Items, []);
        }

        PureGrammar.Check(root, problems);
        if (problems.Items.Any(problem => problem.Code == ExpressionCodes.TooLarge))
        {
            return new ParsedExpression(null, problems.Items, []); // what walks the tree for more would go as deep
        }

        var references = ReferenceCollector.Collect(root, problems, shift, locate);
        var expression = problems.Items.Count == 0 ? Compile(source, at, root, references, problems) : null;
        return new ParsedExpression(expression, problems.Items, references);
    }

    private static CheckedExpression? Compile(string source, SourcePosition at, Ast.Expression root, IReadOnlyList<Reference> references, ProblemList problems)
    {
        var plain = PlainCompiler.Compile(root);
        var program = new ScriptProgram(ScriptSource.Of(source, root), [.. references.Select(reference => reference.Path[0]).Distinct(StringComparer.Ordinal)]);
        try
        {
            // A playbook that loads will not fail to compile when an alert comes. What parsed can fail by its regular expressions alone, and none is written without a slash: what
            // has none is prepared when it is first worked out, so that a server at rest has not loaded the script engine, which reads every time zone of the machine.
            _ = plain is null && source.Contains('/', StringComparison.Ordinal) ? program.Script : default;
            return new CheckedExpression(source, at, plain, program);
        }
        catch (Jint.ScriptPreparationException error)
        {
            problems.Add(ExpressionCodes.Syntax, "this cannot be compiled: " + (error.InnerException ?? error).Message, null, 0);
            return null;
        }
    }

    private static Ast.Expression? Parse(string source, ProblemList problems)
    {
        if (source.Length > MaxLength)
        {
            problems.Add(ExpressionCodes.TooLarge, $"the expression has {source.Length} characters; at most {MaxLength} are allowed", "split it: `set` a var first", 0);
            return null;
        }

        if (string.IsNullOrWhiteSpace(source))
        {
            problems.Add(ExpressionCodes.Syntax, "there is no expression here", null, 0);
            return null;
        }

        try
        {
            return new Parser(Options).ParseExpression(source, strict: true);
        }
        catch (ParseErrorException error)
        {
            var offset = error.Error.IsIndexDefined ? Math.Min(error.Error.Index, source.Length) : 0;
            problems.Add(ExpressionCodes.Syntax, "this is not an expression: " + SyntaxWords.Describe(error, source, offset), SyntaxWords.Hint(source, offset), offset);
        }
        catch (InsufficientExecutionStackException)
        {
            problems.Add(ExpressionCodes.TooLarge, "the expression is nested too deep", "split it: `set` a var first", 0);
        }

        return null;
    }
}
