using System.Runtime.InteropServices;
using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>A list or a map of a playbook with its values in it.</summary>
internal static class BuiltValue
{
    /// <exception cref="ExpressionFailure">It is nested deeper than JSON's readers go.</exception>
    public static JsonElement Of(ValueNode node, Action<Utf8JsonWriter> write)
    {
        try
        {
            return JsonText.Build(write);
        }
        catch (JsonException error)
        {
            var source = node.Expressions().FirstOrDefault()?.Source ?? "a constant";
            throw new ExpressionFailure($"the value is nested more than {ExpressionLimits.Depth} deep", source, node.At, error);
        }
    }

    /// <summary>Writes a value as it stands. Its own <c>WriteTo</c> would throw at text that is no Unicode.</summary>
    public static void Copy(JsonElement value, Utf8JsonWriter writer) => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
