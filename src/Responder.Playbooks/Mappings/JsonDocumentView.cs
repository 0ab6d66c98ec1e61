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

    private JToken? _token;

    /// <summary>Takes it; for one thread.</summary>
    /// <param name="json">The document, nested at most 128 deep.</param>
    public JsonDocumentView(JsonElement json) => Json = json;

    /// <summary>The document as it came.</summary>
    public JsonElement Json { get; }

    /// <summary>It once more, in the form that the library of queries searches; made where a query needs it.</summary>
    internal JToken Token
    {
        get
        {
            if (_token is null)
            {
                using var reader = new JsonTextReader(new StringReader(Json.GetRawText())) { DateParseHandling = DateParseHandling.None, MaxDepth = Depth };
                _token = JToken.ReadFrom(reader, Settings);
            }

            return _token;
        }
    }
}
