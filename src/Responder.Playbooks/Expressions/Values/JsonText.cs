using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>Building JSON values.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static JsonElement Build(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }
}
