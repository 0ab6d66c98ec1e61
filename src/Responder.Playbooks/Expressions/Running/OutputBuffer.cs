using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>A value that is being made, within its limits.</summary>
internal sealed class OutputBuffer
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public OutputBuffer() => Writer = new Utf8JsonWriter(_bytes, JsonText.Options);

    public Utf8JsonWriter Writer { get; }

    /// <exception cref="Stopped">It is nested too deep.</exception>
    public void Enter(int depth)
    {
        Check();
        if (depth >= ExpressionLimits.Depth)
        {
            throw new Stopped($"its value is nested more than {ExpressionLimits.Depth} deep");
        }
    }

    public void Name(string name) => Writer.WritePropertyName(CleanText.Of(name));

    public void Text(string text)
    {
        Check(text.Length);
        Writer.WriteStringValue(CleanText.Of(text));
    }

    /// <summary>Something of the scope, passed on as it is.</summary>
    public void Raw(in JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        Check(raw.Length);
        Writer.WriteRawValue(raw, skipInputValidation: true);
    }

    public JsonElement ToElement()
    {
        Check();
        Writer.Flush();
        try
        {
            return JsonDocument.Parse(_bytes.WrittenMemory).RootElement;
        }
        catch (JsonException)
        {
            throw new Stopped($"its value is nested more than {ExpressionLimits.Depth} deep");
        }
    }

    private void Check(int more = 0)
    {
        if (Writer.BytesCommitted + Writer.BytesPending + more > ExpressionLimits.Output)
        {
            throw new Stopped($"its value is larger than {ExpressionLimits.Output / 1024} KB of JSON: pass on less, or a value of the scope as a whole");
        }
    }
}
