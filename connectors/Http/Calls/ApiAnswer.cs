using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Responder.Sdk;

namespace Responder.Connectors.Http.Calls;

/// <summary>An answer as it came, without the credential, should the API have echoed it.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers, names in lower case; cookies are not in it.</param>
/// <param name="Body">Parsed where it is JSON, else text; null where there is none, or it was too long.</param>
/// <param name="TooLong">True where the body was longer than may be read.</param>
internal sealed record ApiAnswer(int Status, IReadOnlyDictionary<string, string> Headers, JsonElement? Body, bool TooLong) : IServerFault
{
    /// <summary>The connection's circuit breaker was open when a server's fault was answered: since when, and for how long still.</summary>
    public (DateTimeOffset Since, TimeSpan Wait)? Circuit { get; init; }

    public bool IsServerFault => Status >= 500;

    private static readonly string[] Kept = ["set-cookie", "set-cookie2", "authentication-info", "proxy-authentication-info"];

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, HttpSettings settings, CancellationToken cancel)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        Take(response.Headers.NonValidated, headers, settings);
        Take(response.Content.Headers.NonValidated, headers, settings);
        var bytes = await BytesAsync(response, settings.AnswerBytes, cancel);
        return new ApiAnswer((int)response.StatusCode, headers, bytes is { Length: > 0 } ? Parsed(response, bytes, settings) : null, bytes is null);
    }

    // As they came: nothing here asks whether a date is a date.
    private static void Take(HttpHeadersNonValidated from, Dictionary<string, string> to, HttpSettings settings)
    {
        foreach (var (name, values) in from)
        {
            var lower = name.ToLowerInvariant();
            if (!Kept.Contains(lower))
            {
                to[lower] = Hide(settings, values.Count == 1 ? values.ToString() : string.Join(", ", values));
            }
        }
    }

    private static async Task<byte[]?> BytesAsync(HttpResponseMessage response, int limit, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength > limit)
        {
            return null;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        if (response.Content.Headers.ContentLength is { } length)
        {
            var body = new byte[length];
            return await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel) is var read && read == body.Length ? body : body[..read];
        }

        return await BytesAsync(stream, limit, cancel);
    }

    private static async Task<byte[]?> BytesAsync(Stream stream, int limit, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        var part = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await stream.ReadAsync(part, cancel) is var length and > 0)
            {
                if (all.Length + length > limit)
                {
                    return null;
                }

                all.Write(part, 0, length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }

        return all.ToArray();
    }

    /// <summary>By what it is, not by what its header says: many an API sends JSON as text.</summary>
    private static JsonElement Parsed(HttpResponseMessage response, byte[] bytes, HttpSettings settings)
    {
        var isLatin = string.Equals(response.Content.Headers.ContentType?.CharSet?.Trim('"'), "iso-8859-1", StringComparison.OrdinalIgnoreCase);

        // Most answers are UTF-8 and do not echo the credential: they are read as they came.
        if (!isLatin && Utf8.IsValid(bytes) && settings.Credential?.IsIn(bytes) != true)
        {
            try
            {
                return JsonElement.Parse(bytes);
            }
            catch (JsonException)
            {
                // No JSON.
            }
        }

        return Parsed(Hide(settings, (isLatin ? Encoding.Latin1 : Encoding.UTF8).GetString(bytes)));
    }

    private static JsonElement Parsed(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }

    private static string Hide(HttpSettings settings, string text) => settings.Credential?.Hide(text) ?? text;
}
