using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Responder.Playbooks.Expressions;

/// <summary><c>JSON.parse</c> and <c>JSON.stringify</c>, by the program's own reader and writer and within the limits of every value.</summary>
internal sealed class JsonFunctions(Engine engine, Budget budget)
{
    public JsValue Parse(JsValue target, JsValue[] arguments)
    {
        if (arguments is not [JsString text, .. var more] || more.Any(extra => !extra.IsUndefined()))
        {
            throw new Stopped("JSON.parse(text) takes one text");
        }

        budget.Text(text.Length);
        try
        {
            return ScriptValues.Of(engine, JsonDocument.Parse(CleanText.Of(text.ToString(), keepNul: true)).RootElement, "JSON.parse(…)");
        }
        catch (JsonException error)
        {
            throw new Stopped($"JSON.parse(…): the text is not JSON: {error.Message}");
        }
    }

    public JsValue Stringify(JsValue target, JsValue[] arguments)
    {
        if (arguments.Length > 1 && !arguments[1].IsNull() && !arguments[1].IsUndefined())
        {
            throw new Stopped("JSON.stringify(value, null, indent) takes no replacer: make the value that you want first, with .map(…) or ({ … })");
        }

        var value = arguments.Length > 0 ? arguments[0] : JsValue.Undefined;
        if (value is JsonView { IsArtifact: true } artifact)
        {
            throw new Stopped(artifact.ArtifactMessage);
        }

        var indent = arguments.Length > 2 ? (int)Math.Clamp(TypeConverter.ToInteger(arguments[2]), 0, 10) : 0;
        var options = new JsonWriterOptions { Encoder = JsonText.Options.Encoder, Indented = indent > 0, IndentSize = indent, NewLine = "\n" };
        var text = JsonText.Write(ScriptResult.ToJson(value, budget), options);
        budget.Text(text.Length);
        return new JsString(text);
    }
}
