using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Hosting.Intake;

/// <summary>An input as a person writes it in one line, by its declared type.</summary>
public static class InputText
{
    /// <summary>Reads it. Where it can't be, it stays a text: the check of the input says what it takes.</summary>
    /// <param name="text">As somebody wrote it; lists by commas.</param>
    /// <param name="type">The input's type; a text where null.</param>
    public static JsonElement Read(string text, InputType? type) => type is { IsList: true }
        ? JsonSerializer.SerializeToElement(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => Single(one, type.Base)))
        : Single(text, type?.Base ?? "string");

    private static JsonElement Single(string text, string type)
    {
        if (type is "integer" or "number" or "boolean" or "object")
        {
            try
            {
                return JsonSerializer.Deserialize<JsonElement>(text);
            }
            catch (JsonException)
            {
                // The check of the input says what it takes.
            }
        }

        return JsonSerializer.SerializeToElement(text);
    }
}
