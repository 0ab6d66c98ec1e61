using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Engine.Alerts;

/// <summary>An event's own fields, from the forms in which they are written: an object, a list of named values, JSON in text, or lines of a message.</summary>
internal static class EventData
{
    public static void Read(JsonElement value, JsonObject data, Func<string, string>? rename = null)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when Json(value.GetString()!) is { } inner:
                Read(inner, data, rename);
                break;
            case JsonValueKind.Object when Values.Member(value, "Data") is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } list:
                foreach (var one in Values.Items(list))
                {
                    Named(one, data);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Add(data, rename is null || member.Name.Length == 0 ? member.Name : rename(member.Name), member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var one in value.EnumerateArray())
                {
                    Named(one, data);
                }

                break;
        }
    }

    /// <summary>Adds a field; what means "nothing" is left out, and GUIDs get one form.</summary>
    public static void Add(JsonObject data, string name, JsonElement value)
    {
        if (name.Length == 0 || data.ContainsKey(name))
        {
            return;
        }

        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            if (Values.Text(value) is { } first)
            {
                data[name] = first;
            }

            return;
        }

        if (Values.Text(value) is { } text)
        {
            data[name] = name.EndsWith("Guid", StringComparison.Ordinal) && Guid.TryParse(text, out var guid) ? guid.ToString("B").ToUpperInvariant() : text;
        }
    }

    /// <summary>Sysmon's message is its fields, <c>Name: value</c>, one a line after a title.</summary>
    public static void FromMessage(string message, JsonObject data)
    {
        foreach (var line in message.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(200))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).IndexOfAnyExceptInRange('0', 'z') < 0 && Values.Present(line[(colon + 2)..]) is { } value && !data.ContainsKey(line[..colon]))
            {
                data[line[..colon]] = value;
            }
        }
    }

    private static void Named(JsonElement one, JsonObject data)
    {
        var name = First(one, "Name", "@Name", "name") ?? First(Values.Member(one, "#attributes"), "Name") ?? First(Values.Member(one, "$"), "Name");
        if (name is null)
        {
            return;
        }

        foreach (var text in (ReadOnlySpan<string>)["#text", "text", "content", "_", "Value", "value"])
        {
            if (Values.Member(one, text) is { ValueKind: not JsonValueKind.Undefined } value)
            {
                Add(data, name, value);
                return;
            }
        }
    }

    private static string? First(JsonElement one, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Values.Text(Values.Member(one, name)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static JsonElement? Json(string text)
    {
        if (!text.TrimStart().StartsWith('{'))
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(BodyText.CleanJson(text), new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
