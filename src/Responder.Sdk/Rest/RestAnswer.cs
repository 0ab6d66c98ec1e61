using System.Text;
using System.Text.Json;

namespace Responder.Sdk.Rest;

/// <summary>What a product answered, read to its end.</summary>
public sealed class RestAnswer : IServerFault
{
    private JsonDocument? _json;

    /// <summary>The call, for messages: <c>GET /devices/queries/devices/v1</c>; without its query, which may hold an alert's text.</summary>
    public required string Call { get; init; }

    /// <summary>The address that answered.</summary>
    public required Uri Url { get; init; }

    /// <summary>The status code.</summary>
    public required int Status { get; init; }

    /// <summary>The headers, names without case; several of one name are joined by <c>, </c>.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True for a call that acts: what can't be read then may have been done.</summary>
    public required bool Acts { get; init; }

    /// <summary>A server's fault that was answered while the connection's circuit breaker was open: since when.</summary>
    public DateTimeOffset? CircuitSince { get; internal set; }

    /// <inheritdoc/>
    public bool IsServerFault => Status >= 500;

    /// <summary>200 to 299.</summary>
    public bool Ok => Status is >= 200 and < 300;

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The body as JSON.</summary>
    /// <exception cref="ActionFailure">It is none: unknown for a call that acts, else transient (a proxy's page, mostly).</exception>
    public JsonElement Json => TryJson(out var json) ? json : throw Unreadable("is not JSON");

    /// <summary>A header; null where it is not there.</summary>
    /// <param name="name">The name, without case.</param>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>The body as JSON, where it is that.</summary>
    /// <param name="json">The root.</param>
    public bool TryJson(out JsonElement json)
    {
        json = default;
        try
        {
            _json ??= Body.Length == 0 ? null : JsonDocument.Parse(Body);
        }
        catch (JsonException)
        {
            return false;
        }

        json = _json?.RootElement ?? default;
        return _json is not null;
    }

    /// <summary>The body as an object. Vendors leave fields out: declare everything that is not certain as nullable.</summary>
    /// <param name="options"><see cref="VendorJson.Snake"/> or <see cref="VendorJson.Camel"/>.</param>
    /// <exception cref="ActionFailure">It is none.</exception>
    public T Read<T>(JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body.Span, options) ?? throw Unreadable("is null");
        }
        catch (JsonException exception)
        {
            throw Unreadable($"has another shape than expected at {exception.Path}", exception);
        }
    }

    private ActionFailure Unreadable(string what, Exception? inner = null) => new(
        Acts ? FailureKind.Unknown : FailureKind.Transient, $"{Call} answered {Status} with a body that {what}.", inner);
}

/// <summary>JSON as vendors write it: fields may be missing, more than we know may be there, and nulls are not sent.</summary>
public static class VendorJson
{
    /// <summary>snake_case, as Falcon's and Splunk's.</summary>
    public static JsonSerializerOptions Snake { get; } = Make(JsonNamingPolicy.SnakeCaseLower);

    /// <summary>camelCase, as Microsoft's and Jira's.</summary>
    public static JsonSerializerOptions Camel { get; } = Make(JsonNamingPolicy.CamelCase);

    private static JsonSerializerOptions Make(JsonNamingPolicy names)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = names,
            PropertyNameCaseInsensitive = true,
            DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
