using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Responder.Connectors.Http.Calls;

/// <summary>An answer as it came, without the credential, should the API have echoed it.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers, names in lower case; cookies are not in it.</param>
/// <param name="Body">Parsed where it is JSON, else text; null where there is none, or it was too long.</param>
/// <param name="TooLong">True where the body was longer than may be read.</param>
internal sealed record ApiAnswer(int Status, IReadOnlyDictionary<string, string> Headers, JsonElement? Body, bool TooLong)
{
    private static readonly string[] Kept = ["set-cookie", "set-cookie2", "authentication-info", "proxy-authentication-info"];

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, HttpSettings settings, CancellationToken cancel)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(", ", header.Value)))
            .Where(header => !Kept.Contains(header.Name))
            .ToDictionary(header => header.Name, header => Hide(settings, header.Value), StringComparer.Ordinal);
        var bytes = await BytesAsync(response, settings.AnswerBytes, cancel);
        return new ApiAnswer((int)response.StatusCode, headers, bytes is { Length: > 0 } ? Parsed(Hide(settings, Text(response, bytes))) : null, bytes is null);
    }

    private static async Task<byte[]?> BytesAsync(HttpResponseMessage response, int limit, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength > limit)
        {
            return null;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
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

    private static string Text(HttpResponseMessage response, byte[] bytes)
    {
        var name = response.Content.Headers.ContentType?.CharSet?.Trim('"');
        return (string.Equals(name, "iso-8859-1", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : Encoding.UTF8).GetString(bytes);
    }

    /// <summary>By what it is, not by what its header says: many an API sends JSON as text.</summary>
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
