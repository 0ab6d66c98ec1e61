using System.CommandLine;
using Responder.Storage;

namespace Responder.Cli.Desk;

/// <summary>Finds the desk: the server that is named, the server that has the data folder, or the folder itself.</summary>
internal static class Desks
{
    public static Option<string?> Server() => new("--server") { Description = "A server's address; RESPONDER_SERVER too. Its key is RESPONDER_API_KEY." };

    public static async Task<IDesk> OpenAsync(string data, string? server, CancellationToken cancel)
    {
        if ((server ?? Environment.GetEnvironmentVariable("RESPONDER_SERVER")) is { Length: > 0 } named)
        {
            return new ServerDesk(Address(named), Environment.GetEnvironmentVariable("RESPONDER_API_KEY") ?? LocalKey(data));
        }

        if (DataFolder.HolderOf(data) is { Address: { } address })
        {
            return new ServerDesk(Address(address), Environment.GetEnvironmentVariable("RESPONDER_API_KEY") ?? LocalKey(data));
        }

        using var logs = NodeFactory.Logs(verbose: false);
        var (node, folder) = await NodeFactory.OpenAsync(data, "mock", null, logs, cancel);
        return new LocalDesk(node, folder);
    }

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new BadInputException($"--server {text}: write an address such as http://127.0.0.1:5080.");

    /// <summary>Whoever may read the data folder's key file may use it.</summary>
    private static string LocalKey(string data)
    {
        var file = Path.Combine(data, "api-key");
        return File.Exists(file)
            ? File.ReadAllText(file).Trim()
            : throw new BadInputException($"The server needs an API key: set RESPONDER_API_KEY (there is no {file}).");
    }
}
