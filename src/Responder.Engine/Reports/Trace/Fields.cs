using System.Globalization;
using System.Text.Json;

namespace Responder.Engine.Reports.Trace;

/// <summary>
/// Reads a JSON value that others wrote (an alert, an action's outputs) without ever failing: what is missing or of another type is null.
/// A report must come out also where a vendor answered something odd.
/// </summary>
internal readonly struct Fields(JsonElement? json)
{
    private readonly JsonElement _json = json ?? default;

    public static Fields None { get; }

    public bool IsObject => _json.ValueKind == JsonValueKind.Object;

    public Fields this[string name] => IsObject && _json.TryGetProperty(name, out var value) ? new Fields(value) : None;

    /// <summary>A text, or a number or a truth value as text.</summary>
    public string? Text => _json.ValueKind switch
    {
        JsonValueKind.String => NotBlank(String()),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => _json.GetRawText(),
        _ => null,
    };

    public long? Whole =>
        _json.ValueKind == JsonValueKind.Number && _json.TryGetInt64(out var number) ? number
        : _json.ValueKind == JsonValueKind.String && long.TryParse(String(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed
        : null;

    public bool? Truth => _json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A time with the offset it was written with; a text without one counts as UTC.</summary>
    public DateTimeOffset? Time =>
        _json.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(String(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public IEnumerable<Fields> Items => _json.ValueKind == JsonValueKind.Array ? _json.EnumerateArray().Select(item => new Fields(item)) : [];

    public IEnumerable<(string Name, Fields Value)> Members =>
        IsObject ? _json.EnumerateObject().Select(member => (Name(member), new Fields(member.Value))) : [];

    /// <summary>The texts of a list.</summary>
    public IEnumerable<string> Texts => Items.Select(item => item.Text).OfType<string>();

    /// <summary>A field of the language type: the author's text and the values, joined for people.</summary>
    public string? Template
    {
        get
        {
            if (_json.ValueKind != JsonValueKind.Array)
            {
                return Text;
            }

            return NotBlank(string.Concat(Items.Select(part => part.Text ?? part["value"].Text)));
        }
    }

    private static string? NotBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }

    // A lone surrogate in an escape makes GetString throw; the journal's writer replaces those, an older journal or a test's may not.
    private string? String()
    {
        try
        {
            return _json.GetString();
        }
        catch (InvalidOperationException)
        {
            return _json.GetRawText().Trim('"');
        }
    }
}
