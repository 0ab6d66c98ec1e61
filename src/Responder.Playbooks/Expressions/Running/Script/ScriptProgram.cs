using Acornima.Ast;
using Jint;

namespace Responder.Playbooks.Expressions;

/// <summary>
/// An expression prepared for the script engine: an arrow function whose parameters are the names that it reads, so that what one evaluation sees is
/// handed to it and nothing is left in the engine for the next.
/// </summary>
internal sealed class ScriptProgram
{
    private static readonly ScriptPreparationOptions Options = ScriptPreparationOptions.Default with
    {
        FoldConstants = false,
        ParsingOptions = ScriptParsingOptions.Default with { RegexTimeout = ExpressionLimits.Match },
    };

    private readonly Lazy<Prepared<Script>> _script;

    /// <param name="source">The expression for the engine.</param>
    /// <param name="names">What it reads.</param>
    public ScriptProgram(ScriptSource source, IReadOnlyList<string> names)
    {
        Source = source;
        Names = names;

        // The source stands on lines of its own, so that the columns of the engine's errors are its own.
        _script = new Lazy<Prepared<Script>>(() => Engine.PrepareScript($"({string.Join(',', names)}) => (\n{source.Text}\n)", strict: true, options: Options));
    }

    public ScriptSource Source { get; }

    public IReadOnlyList<string> Names { get; }

    /// <exception cref="ScriptPreparationException">A regular expression in it cannot be compiled.</exception>
    public Prepared<Script> Script => _script.Value;
}
