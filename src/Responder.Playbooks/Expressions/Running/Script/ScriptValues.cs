using System.Runtime.CompilerServices;
using System.Text.Json;
using Jint;
using Jint.Native;

namespace Responder.Playbooks.Expressions;

/// <summary>From the scope's values to the engine's. Objects are seen through; a list becomes an array when it is first read, since what reads a list mostly reads all of it.</summary>
internal static class ScriptValues
{
    public static JsValue Of(Engine engine, in ScopeValue value, string text) =>
        value.Lazy is { } lazy ? new LazyView(engine, lazy) : Of(engine, value.Json, text);

    /// <param name="engine">Whose.</param>
    /// <param name="json">The value.</param>
    /// <param name="text">What it is called, for messages.</param>
    public static JsValue Of(Engine engine, in JsonElement json, string text) => json.ValueKind switch
    {
        JsonValueKind.String => JsString.Create(JsonRead.Text(json)),
        JsonValueKind.Number => JsNumber.Create(json.GetDouble()),
        JsonValueKind.True => JsBoolean.True,
        JsonValueKind.False => JsBoolean.False,
        JsonValueKind.Array => List(engine, json, text),
        JsonValueKind.Object => new JsonView(engine, json, text),
        _ => JsValue.Null,
    };

    private static JsArray List(Engine engine, in JsonElement json, string text)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var items = new JsValue[json.GetArrayLength()];
        var i = 0;
        foreach (var item in json.EnumerateArray())
        {
            items[i++] = Of(engine, item, text);
        }

        return new JsArray(engine, items);
    }
}
