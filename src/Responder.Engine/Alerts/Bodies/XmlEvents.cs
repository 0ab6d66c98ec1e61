using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Responder.Engine.Alerts;

/// <summary>Windows events as XML, one or many, made into the JSON that EVTX tools write: <c>{"Event":{"System":{…},"EventData":{…}}}</c>. What was received stays text.</summary>
internal static class XmlEvents
{
    private const string Attributes = "#attributes";
    private const string End = "</Event>";

    /// <summary>Reads them one by one, so that one broken event does not take the others with it.</summary>
    public static IEnumerable<(BodyItem? Item, string? Problem)> Read(string text, AlertLimits limits)
    {
        var at = 0;
        var any = false;
        while (Next(text, at) is { } start)
        {
            any = true;
            var end = text.IndexOf(End, start, StringComparison.Ordinal);
            end = end < 0 ? text.Length : end + End.Length;
            foreach (var block in RenderedText.Read(text[at..start]))
            {
                yield return (block, null);
            }

            yield return One(text[start..end], limits);
            at = end;
        }

        foreach (var block in RenderedText.Read(text[at..]))
        {
            any = true;
            yield return (block, null);
        }

        if (!any)
        {
            yield return (null, "It is XML without an <Event>.");
        }
    }

    /// <summary>The JSON of one event in XML; null where it is none.</summary>
    public static JsonElement? TryRead(string text) =>
        text.TrimStart() is var trimmed && Next(trimmed, 0) == 0 ? One(trimmed, AlertLimits.Default).Item?.Document : null;

    /// <summary>The fields of <c>&lt;EventData&gt;</c> alone, as Sentinel's Event table has them.</summary>
    public static JsonElement? TryReadData(string text)
    {
        try
        {
            var root = Load(text, AlertLimits.Default);
            var data = root.DescendantsAndSelf().FirstOrDefault(one => one.Name.LocalName == "EventData");
            return data is null ? null : JsonSerializer.SerializeToElement(Data(data));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static int? Next(string text, int from)
    {
        for (var at = text.IndexOf("<Event", from, StringComparison.Ordinal); at >= 0; at = text.IndexOf("<Event", at + 6, StringComparison.Ordinal))
        {
            if (at + 6 < text.Length && (text[at + 6] == '>' || char.IsWhiteSpace(text[at + 6])))
            {
                return at;
            }
        }

        return null;
    }

    private static (BodyItem? Item, string? Problem) One(string text, AlertLimits limits)
    {
        try
        {
            var element = Load(text, limits);
            var json = new JsonObject { ["Event"] = Node(element) };
            return (new BodyItem(JsonSerializer.SerializeToElement(json), JsonSerializer.SerializeToElement(text)), null);
        }
        catch (XmlException error)
        {
            return (null, $"It is no Windows event as XML: {error.Message}");
        }
    }

    private static XElement Load(string text, AlertLimits limits)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CheckCharacters = false,
            MaxCharactersInDocument = limits.BodyLength,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };

        // Depth first, by the reader: the tree's own walk is recursive.
        using (var probe = XmlReader.Create(new StringReader(text), settings))
        {
            while (probe.Read())
            {
                if (probe.Depth > limits.Depth)
                {
                    throw new XmlException($"it is nested deeper than {limits.Depth} levels");
                }
            }
        }

        using var reader = XmlReader.Create(new StringReader(text), settings);
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static JsonNode? Node(XElement element)
    {
        if (element.Name.LocalName == "EventData" && element.Elements().Any(child => child.Name.LocalName == "Data"))
        {
            return Data(element);
        }

        var attributes = element.Attributes().Where(one => !one.IsNamespaceDeclaration).ToList();
        if (!element.HasElements && attributes.Count == 0)
        {
            return element.Value.Length == 0 ? null : BodyText.Clean(element.Value);
        }

        var result = new JsonObject();
        if (attributes.Count > 0)
        {
            var inner = new JsonObject();
            foreach (var one in attributes)
            {
                inner[one.Name.LocalName] = BodyText.Clean(one.Value);
            }

            result[Attributes] = inner;
        }

        if (!element.HasElements && element.Value.Length > 0)
        {
            result["#text"] = BodyText.Clean(element.Value);
        }

        foreach (var child in element.Elements())
        {
            result[child.Name.LocalName] = Node(child);
        }

        return result;
    }

    private static JsonObject Data(XElement eventData)
    {
        var result = new JsonObject();
        var unnamed = new JsonArray();
        foreach (var data in eventData.Elements())
        {
            if (data.Attribute("Name")?.Value is { Length: > 0 } name)
            {
                result[BodyText.Clean(name)] = BodyText.Clean(data.Value);
            }
            else
            {
                unnamed.Add((JsonNode?)BodyText.Clean(data.Value));
            }
        }

        if (unnamed.Count > 0)
        {
            result["Values"] = unnamed;
        }

        return result;
    }
}
