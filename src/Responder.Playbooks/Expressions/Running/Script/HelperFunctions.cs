using Jint;
using Jint.Native;
using Jint.Runtime.Interop;

namespace Responder.Playbooks.Expressions;

/// <summary>The helpers as functions of the engine.</summary>
internal static class HelperFunctions
{
    public static JsObject Make(Engine engine, Budget budget, Func<DateTimeOffset> now)
    {
        var helpers = new JsObject(engine);
        foreach (var (name, helper) in HelperTable.All)
        {
            helpers.Set(name, new ClrFunction(engine, name, (_, arguments) =>
            {
                budget.Check();
                var result = helper([.. arguments.Select(ToPlain)], now());
                if (result.Kind == PlainKind.Text)
                {
                    budget.Text(result.Text.Length);
                }

                return ToScript(result);
            }));
        }

        return helpers;
    }

    private static PlainValue ToPlain(JsValue value) => value switch
    {
        JsString => PlainValue.Of(value.ToString()),
        JsNumber => PlainValue.Of(value.AsNumber()),
        JsBoolean => PlainValue.Of(value.AsBoolean()),
        JsArray => PlainValue.Of(EmptyList),
        _ when value.IsUndefined() => PlainValue.Undefined,
        _ when value.IsNull() => PlainValue.Null,
        _ => PlainValue.Of(EmptyObject),
    };

    private static JsValue ToScript(in PlainValue value) => value.Kind switch
    {
        PlainKind.Text => new JsString(value.Text),
        PlainKind.Number => JsNumber.Create(value.Number),
        PlainKind.Boolean => value.IsTrue ? JsBoolean.True : JsBoolean.False,
        _ => JsValue.Null,
    };

    // Helpers take text; of a list or an object they only say that it is one.
    private static readonly System.Text.Json.JsonElement EmptyList = System.Text.Json.JsonDocument.Parse("[]").RootElement;
    private static readonly System.Text.Json.JsonElement EmptyObject = System.Text.Json.JsonDocument.Parse("{}").RootElement;
}
