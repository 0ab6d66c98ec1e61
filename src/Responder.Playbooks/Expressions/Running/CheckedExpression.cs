using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>An expression that is pure: worked out by hand where it can be, else by the script engine.</summary>
internal sealed class CheckedExpression(string source, SourcePosition at, PlainNode? plain, ScriptProgram program) : Expression(source, at)
{
    /// <summary>Whether it was compiled to be worked out by hand; a value may still send it to the engine.</summary>
    public bool IsPlain => plain is not null;

    public override JsonElement Evaluate(IScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        try
        {
            var value = plain?.Evaluate(scope, this) ?? PlainValue.Beyond;
            return value.IsBeyond ? ScriptPool.Evaluate(program, scope, this) : PlainResult.ToJson(value);
        }
        catch (Stopped reason)
        {
            throw new ExpressionFailure(reason.Message, Source, At, reason);
        }
    }

    public override bool IsTrue(IScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var value = plain?.Evaluate(scope, this) ?? PlainValue.Beyond;
        return value.IsBeyond ? ScriptPool.IsTrue(program, scope, this) : value.IsTrue;
    }

    /// <summary>By the engine alone, for the test that both ways give the same.</summary>
    internal JsonElement EvaluateByScript(IScope scope) => ScriptPool.Evaluate(program, scope, this);
}
