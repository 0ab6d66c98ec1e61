using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Responder.Playbooks.Mappings;

/// <summary>A JSON document made ready once for the many queries of a mapping.</summary>
public sealed class JsonDocumentView
{
    // No guessing of dates: a mapping sees the text that was sent.
    private static readonly JsonLoadSettings Settings = new() { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Replace };
    private const int Depth = 130;

    /// <summary>Reads it.</summary>
    /// <param name="json">The document, nested at most 128 deep.</param>
    public JsonDocumentView(JsonElement json)
    {
        Json = json;
        using var reader = new JsonTextReader(new StringReader(json.GetRawText())) { DateParseHandling = DateParseHandling.None, MaxDepth = Depth };
        Token = JToken.ReadFrom(reader, Settings);
    }

    /// <summary>The document as it came.</summary>
    public JsonElement Json { get; }

    internal JToken Token { get; }
}
