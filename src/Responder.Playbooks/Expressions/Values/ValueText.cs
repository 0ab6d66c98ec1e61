using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>A value in the middle of text: text, numbers and booleans as they are written, a list of them joined by <c>, </c>.</summary>
internal static class ValueText
{
    /// <exception cref="ExpressionFailure">It is null, an object, or a list that holds one.</exception>
    public static string Of(JsonElement value, Expression expression) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item =>
            Simple(item) ?? throw Failure(expression, $"a list that holds {Kind(item)} cannot stand in text: pick what you want of each with .map(x => …), or JSON.stringify(…)"))),
        JsonValueKind.Null => throw Failure(expression, "null cannot stand in text: write ?? '' after it, or another text for when there is none"),
        JsonValueKind.Object => throw Failure(expression, "an object cannot stand in text: name the field you want, or write JSON.stringify(…)"),
        _ => Simple(value)!,
    };

    private static string? Simple(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonRead.Text(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static string Kind(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "another list",
        _ => "an object",
    };

    private static ExpressionFailure Failure(Expression expression, string message) => new(message, expression.Source, expression.At);
}
