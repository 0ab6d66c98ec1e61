using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>From a value worked out by hand to JSON. What came from the scope is passed on as it is: nothing is copied, no digit of a number is lost.</summary>
internal static class PlainResult
{
    private static readonly JsonElement TrueElement = JsonDocument.Parse("true").RootElement;
    private static readonly JsonElement FalseElement = JsonDocument.Parse("false").RootElement;

    public static JsonElement ToJson(in PlainValue value) => value.Kind switch
    {
        PlainKind.Boolean => value.IsTrue ? TrueElement : FalseElement,
        PlainKind.Number or PlainKind.Text or PlainKind.List or PlainKind.Object when value.Json.ValueKind != JsonValueKind.Undefined => value.Json,
        PlainKind.Number => Number(value.Number),
        PlainKind.Text => JsonSerializer.SerializeToElement(CleanText.Of(value.Text), Sdk.Json.Options),
        PlainKind.Lazy => LazyJson.Of(value.Lazy),
        _ => ScopeValue.Null.Json,
    };

    public static JsonElement Number(double value) => JsonText.Build(writer => JsonNumbers.Write(writer, value));
}
