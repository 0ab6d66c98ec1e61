using System.Net.Http.Headers;
using Responder.Storage;

namespace Responder.Cli.Desk;

/// <summary>Finds the server that is meant: the one that is named, or the one that has the data folder.</summary>
internal static class ServerClient
{
    /// <summary>A client with a key; null where no server is named and none has the folder.</summary>
    public static HttpClient? Find(string data, string? server)
    {
        var address = (server ?? Environment.GetEnvironmentVariable("RESPONDER_SERVER")) is { Length: > 0 } named ? named : DataFolder.HolderOf(data)?.Address;
        if (address is null)
        {
            return null;
        }

        return new HttpClient
        {
            BaseAddress = Address(address),
            Timeout = TimeSpan.FromSeconds(100),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("RESPONDER_API_KEY") ?? LocalKey(data)) },
        };
    }

    public static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new BadInputException($"--server {text}: write an address such as http://127.0.0.1:5080.");

    /// <summary>Whoever may read the data folder's key file may use it.</summary>
    public static string LocalKey(string data)
    {
        var file = Path.Combine(data, "api-key");
        return File.Exists(file)
            ? File.ReadAllText(file).Trim()
            : throw new BadInputException($"The server needs an API key: set RESPONDER_API_KEY (there is no {file}).");
    }

    /// <summary>What a problem document says, for people.</summary>
    public static async Task<string> ProblemAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var text = await response.Content.ReadAsStringAsync(cancel);
        try
        {
            var problem = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(text);
            return problem.TryGetProperty("detail", out var detail) ? $"{problem.GetProperty("title").GetString()}: {detail.GetString()}" : text;
        }
        catch (System.Text.Json.JsonException)
        {
            return $"The server answered {(int)response.StatusCode}. {text}";
        }
    }
}
