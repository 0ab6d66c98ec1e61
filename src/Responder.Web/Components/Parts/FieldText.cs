using System.Text.Json;
using Responder.Hosting.Intake;
using Responder.Playbooks.Language;

namespace Responder.Web.Components.Parts;

/// <summary>A field of a form between its text and its value.</summary>
internal static class FieldText
{
    public static JsonElement Read(string text, string type)
    {
        var list = type.EndsWith("[]", StringComparison.Ordinal);
        return InputText.Read(text, new InputType(list ? type[..^2] : type, list));
    }

    public static string Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Write)),
        JsonValueKind.Null or JsonValueKind.Undefined => string.Empty,
        _ => value.GetRawText(),
    };
}
