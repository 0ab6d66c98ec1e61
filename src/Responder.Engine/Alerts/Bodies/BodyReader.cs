using System.Text;
using System.Text.Json;

namespace Responder.Engine.Alerts;

/// <summary>One document of a body: as its source's mapping sees it, and as received.</summary>
internal readonly record struct BodyItem(JsonElement Document, JsonElement Raw);

/// <summary>Splits a body into documents: JSON, an array, a document a line, or events as XML.</summary>
internal static class BodyReader
{
    public static IEnumerable<(BodyItem? Item, string? Problem)> Read(string body, AlertLimits limits)
    {
        if (body.Length > limits.BodyLength)
        {
            return [(null, $"The body has {body.Length:N0} characters; at most {limits.BodyLength:N0} are taken. Send fewer alerts at a time.")];
        }

        var text = BodyText.Clean(body).Trim('\uFEFF', ' ', '\t', '\r', '\n', '\uFFFD');
        if (text.Length == 0)
        {
            return [(null, "The body is empty.")];
        }

        if (text.StartsWith("ElfFile", StringComparison.Ordinal))
        {
            return [(null, "It is a binary event log (EVTX); export its events as XML or JSON and send those.")];
        }

        if (text[0] == '<' || RenderedText.Begins(text))
        {
            return XmlEvents.Read(text, limits);
        }

        text = BodyText.CleanJson(text);
        if (TryParse(text, limits, out var whole, out var problem))
        {
            return whole.ValueKind == JsonValueKind.Array
                ? whole.EnumerateArray().Select(one => ((BodyItem?)new BodyItem(one, one), (string?)null))
                : [(new BodyItem(whole, whole), null)];
        }

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Documents(text, limits) is { } documents)
        {
            return documents.Select(one => ((BodyItem?)new BodyItem(one, one), (string?)null));
        }

        return lines.Length > 1 && lines[0][0] == '{' && lines[0][^1] == '}' ? Lines(lines, limits) : [(null, problem)];
    }

    private static IEnumerable<(BodyItem? Item, string? Problem)> Lines(string[] lines, AlertLimits limits)
    {
        foreach (var line in lines)
        {
            yield return TryParse(line, limits, out var one, out var problem) ? (new BodyItem(one, one), null) : (null, problem);
        }
    }

    // One document after another, over as many lines as each takes; null where that is not what it is.
    private static List<JsonElement>? Documents(string text, AlertLimits limits)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = limits.Depth });
        var found = new List<JsonElement>();
        try
        {
            while (reader.Read())
            {
                found.Add(JsonElement.ParseValue(ref reader));
            }

            return found.Count > 1 ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryParse(string text, AlertLimits limits, out JsonElement json, out string? problem)
    {
        try
        {
            json = JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = limits.Depth });
            problem = null;
            return true;
        }
        catch (JsonException error)
        {
            json = default;
            problem = error.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)
                ? $"It is nested deeper than {limits.Depth} levels, or is cut off."
                : $"It is no JSON: {Plain(error.Message)} Send one alert, an array of them, or one a line.";
            return false;
        }
    }

    // The reader's message without its last sentence, which repeats the place, and without the sender's own text at length.
    private static string Plain(string message) => message.Length > 300 ? message[..300] + "…" : message;
}
