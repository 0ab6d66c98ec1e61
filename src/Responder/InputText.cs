using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Cli;

/// <summary>An input as text on the command line, by its declared type.</summary>
internal static class InputText
{
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
