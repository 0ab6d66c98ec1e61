using System.Text.Json;

namespace Responder.Connectors.Tests.Bench;

/// <summary>One recorded exchange with a real product: what was sent, and what came back.</summary>
public sealed record Recording(string Method, string Path, string? Sent, int Status, string Type, string Body)
{
    /// <summary>A folder of recordings; null where real data is not at hand.</summary>
    public static string? Folder(string name) => Environment.GetEnvironmentVariable("RESPONDER_REAL_DATA") is { Length: > 0 } root && Directory.Exists(System.IO.Path.Combine(root, name))
        ? System.IO.Path.Combine(root, name) : null;

    /// <summary>An exchange of a HAR file.</summary>
    public static async Task<Recording> ReadAsync(string folder, string file, int index)
    {
        var har = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(System.IO.Path.Combine(folder, file), TestContext.Current.CancellationToken));
        var entry = har.GetProperty("log").GetProperty("entries")[index];
        var (request, response) = (entry.GetProperty("request"), entry.GetProperty("response"));
        return new Recording(
            request.GetProperty("method").GetString()!, new Uri(request.GetProperty("url").GetString()!).PathAndQuery,
            request.TryGetProperty("postData", out var posted) ? posted.GetProperty("text").GetString() : null, response.GetProperty("status").GetInt32(),
            Header(response, "content-type")!.Split(';')[0], response.GetProperty("content").TryGetProperty("text", out var text) ? text.GetString()! : string.Empty)
        {
            Headers = [.. response.GetProperty("headers").EnumerateArray().Select(header => header.GetProperty("name").GetString()!.ToLowerInvariant())],
            FullType = Header(response, "content-type")!,
        };
    }

    /// <summary>The names of the answer's headers, lower case.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>The content type with its parameters.</summary>
    public string FullType { get; init; } = Type;

    /// <summary>Field names with the kinds of their values; with <paramref name="deep"/> those of inner objects and of a list's first entry too.</summary>
    public static HashSet<string> Form(string json, bool deep = false) => [.. Fields(JsonSerializer.Deserialize<JsonElement>(json), string.Empty, deep)];

    private static IEnumerable<string> Fields(JsonElement json, string path, bool deep) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(field => (deep ? Fields(field.Value, $"{path}{field.Name}/", deep) : []).Prepend($"{path}{field.Name}: {field.Value.ValueKind}")),
        JsonValueKind.Array when json.GetArrayLength() > 0 => Fields(json[0], path, deep),
        _ => [],
    };

    private static string? Header(JsonElement response, string name) => response.GetProperty("headers").EnumerateArray()
        .Where(header => header.GetProperty("name").GetString()!.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.GetProperty("value").GetString()).FirstOrDefault();
}
