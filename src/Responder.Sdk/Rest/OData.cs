using System.Globalization;
using System.Text.Json;

namespace Responder.Sdk.Rest;

/// <summary>Values in an OData filter: each is one literal, whatever is in it.</summary>
public static class OData
{
    /// <summary>A text between quotes; a quote in it is doubled.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="ActionFailure">It holds a control character.</exception>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Any(char.IsControl)
            ? throw new ActionFailure(FailureKind.Invalid, "A value with a control character can't be part of an OData filter.")
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>A time.</summary>
    /// <param name="value">The time.</param>
    public static string Time(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The entities of a page, and where the next one is.</summary>
    /// <param name="answer">The answer.</param>
    /// <exception cref="ActionFailure">It is no page.</exception>
    public static (IReadOnlyList<JsonElement> Values, string? Next) Page(RestAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var json = answer.Json;
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty("value", out var list) && list.ValueKind == JsonValueKind.Array
            ? ([.. list.EnumerateArray()], json.TryGetProperty("@odata.nextLink", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null)
            : throw new ActionFailure(FailureKind.Transient, $"{answer.Call} answered no list of entities.");
    }
}

/// <summary>Errors as Microsoft's OData services write them: <c>{"error":{"code","message","innerError":{"request-id"}}}</c>.</summary>
public class ODataDialect : RestDialect
{
    /// <inheritdoc/>
    public override VendorError? ErrorOf(RestAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Ok)
        {
            return null;
        }

        if (!answer.TryJson(out var json) || json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object)
        {
            return base.ErrorOf(answer);
        }

        var code = Text(error, "code");
        return new VendorError(Text(error, "message") is { Length: > 0 } message ? message : code ?? "no message", code, TraceIdOf(answer), KindOf(code, answer));
    }

    /// <inheritdoc/>
    public override string? TraceIdOf(RestAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.TryJson(out var json) && json.ValueKind == JsonValueKind.Object && json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            ? Inner(error, "innerError") ?? Inner(error, "innererror") ?? Text(error, "target") ?? base.TraceIdOf(answer)
            : base.TraceIdOf(answer);
    }

    /// <summary>The kind by the service's code, where it says more than the status.</summary>
    /// <param name="code">The code.</param>
    /// <param name="answer">The answer.</param>
    protected virtual FailureKind? KindOf(string? code, RestAnswer answer) => null;

    private static string? Inner(JsonElement error, string name) => error.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object ? Text(inner, "request-id") : null;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
