using System.Text.Json;
using Jint;
using Jint.Native.Json;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

internal sealed class JintExpression(string source, SourcePosition at, IReadOnlyList<Reference> references) : Expression(source, at)
{
    public override JsonElement Evaluate(IScope scope)
    {
        using var engine = new Engine(options => options.Strict().TimeoutInterval(TimeSpan.FromSeconds(1)).LimitRecursion(64));
        foreach (var name in references.Select(reference => reference.Path[0]).Distinct())
        {
            engine.SetValue(name, new JsonParser(engine).Parse(scope.Get(name).Json.GetRawText()));
        }

        try
        {
            var text = new Jint.Native.Json.JsonSerializer(engine).Serialize(engine.Evaluate("(" + Source + "\n)"));
            return text.IsUndefined() ? ScopeValue.Null.Json : JsonDocument.Parse(text.ToString()).RootElement;
        }
        catch (Exception error) when (error is Jint.Runtime.JavaScriptException or Jint.Runtime.RecursionDepthOverflowException or TimeoutException)
        {
            throw new ExpressionFailure(error.Message, Source, At, error);
        }
    }

    public override bool IsTrue(IScope scope) => Evaluate(scope).ValueKind is not (JsonValueKind.Null or JsonValueKind.False);
}
