using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;

namespace Responder.Playbooks.Expressions;

/// <summary>From the engine's value to JSON: undefined is null; functions, symbols and numbers that JSON lacks are errors; a value of the scope is passed on as it is.</summary>
internal static class ScriptResult
{
    /// <exception cref="Stopped">It is no value of JSON, or too large.</exception>
    public static JsonElement ToJson(JsValue value, Budget budget)
    {
        switch (value)
        {
            case JsonView view:
                return view.Json;
            case LazyView view:
                return LazyJson.Of(view.Lazy);
            case JsBoolean:
                return PlainResult.ToJson(PlainValue.Of(value.AsBoolean()));
            case JsString:
                return JsonSerializer.SerializeToElement(CleanText.Of(value.ToString()), Sdk.Json.Options);
            case JsNumber:
                return PlainResult.Number(value.AsNumber());
            default:
                if (value.IsNull() || value.IsUndefined())
                {
                    return ScopeValue.Null.Json;
                }

                var output = new OutputBuffer();
                Write(output, value, budget, 0);
                return output.ToElement();
        }
    }

    private static void Write(OutputBuffer output, JsValue value, Budget budget, int depth)
    {
        switch (value)
        {
            case JsString:
                output.Text(value.ToString());
                break;
            case JsBoolean:
                output.Writer.WriteBooleanValue(value.AsBoolean());
                break;
            case JsNumber:
                JsonNumbers.Write(output.Writer, value.AsNumber());
                break;
            case JsonView view:
                output.Raw(view.Json);
                break;
            case LazyView view:
                LazyJson.Write(output, view.Lazy, depth);
                break;
            case JsArray list:
                List(output, list, budget, depth);
                break;
            case JsObject item:
                Members(output, item, budget, depth);
                break;
            default:
                output.Writer.WriteNullValue();
                if (!value.IsNull() && !value.IsUndefined())
                {
                    throw new Stopped($"its value holds {Kind(value)}, which is no value of JSON");
                }

                break;
        }
    }

    private static void List(OutputBuffer output, JsArray list, Budget budget, int depth)
    {
        output.Enter(depth);
        output.Writer.WriteStartArray();
        for (uint i = 0; i < list.Length; i++)
        {
            budget.Check();
            Write(output, list[i], budget, depth + 1);
            output.Enter(depth);
        }

        output.Writer.WriteEndArray();
    }

    private static void Members(OutputBuffer output, JsObject item, Budget budget, int depth)
    {
        output.Enter(depth);
        output.Writer.WriteStartObject();
        foreach (var key in item.GetOwnPropertyKeys(Types.String))
        {
            budget.Check();
            output.Name(key.ToString());
            Write(output, item.Get(key), budget, depth + 1);
            output.Enter(depth);
        }

        output.Writer.WriteEndObject();
    }

    public static string Kind(JsValue value) => value switch
    {
        Function => "a function",
        JsRegExp => "a regular expression",
        _ when value.IsSymbol() => "a symbol",
        _ when value.IsBigInt() => "a BigInt",
        ObjectInstance => "an iterator (spread it: [...x])",
        _ => "something",
    };
}
