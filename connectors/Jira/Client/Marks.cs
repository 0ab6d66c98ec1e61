using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Connectors.Jira.Client;

/// <summary>The marks that steps leave, by which a repeat finds what the first attempt did.</summary>
internal static class Marks
{
    /// <summary>The property of tickets and comments that holds the step's key; people don't see it.</summary>
    public const string Property = "responder.key";

    /// <summary>The label of a step's ticket: a property can't be searched for, a label can.</summary>
    public static string LabelOf(string key) => $"responder-{key[..16]}";

    /// <summary>Shown as nothing in wiki text.</summary>
    public static string AnchorOf(string key) => $"{{anchor:responder-{key[..16]}}}";

    /// <summary>As the API takes properties.</summary>
    public static JsonArray Properties(string key) => [new JsonObject { ["key"] = Property, ["value"] = key }];

    /// <summary>The key in a ticket's properties (an object) or a comment's (a list); null where there is none.</summary>
    public static string? KeyIn(JsonElement holder) => !holder.TryGetProperty("properties", out var properties) ? null : properties.ValueKind switch
    {
        JsonValueKind.Object when properties.TryGetProperty(Property, out var value) => value.ToString(),
        JsonValueKind.Array => properties.EnumerateArray().Where(one => one.GetProperty("key").GetString() == Property).Select(one => one.GetProperty("value").ToString()).FirstOrDefault(),
        _ => null,
    };

    /// <summary>A label: no blanks.</summary>
    public static string Label(string text) => string.Join('-', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A file name that every Jira keeps as it is: ASCII, no path.</summary>
    public static string FileName(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            plain.Append(letter is < ' ' or > '~' or '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '_' : letter);
        }

        return plain.Length == 0 ? "file" : plain.ToString();
    }
}
