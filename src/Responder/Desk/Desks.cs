using System.CommandLine;
using Responder.Storage;

namespace Responder.Cli.Desk;

/// <summary>Finds the desk: the server that is named, the server that has the data folder, or the folder itself.</summary>
internal static class Desks
{
    public static Option<string?> Server() => new("--server") { Description = "A server's address; RESPONDER_SERVER too. Its key is RESPONDER_API_KEY." };

    public static async Task<IDesk> OpenAsync(string data, string? server, string? config, bool acts, CancellationToken cancel)
    {
        if ((server ?? Environment.GetEnvironmentVariable("RESPONDER_SERVER")) is { Length: > 0 } named)
        {
            return new ServerDesk(ServerClient.Address(named), Environment.GetEnvironmentVariable("RESPONDER_API_KEY") ?? ServerClient.LocalKey(data));
        }

        if (DataFolder.HolderOf(data) is { Address: { } address })
        {
            return new ServerDesk(ServerClient.Address(address), Environment.GetEnvironmentVariable("RESPONDER_API_KEY") ?? ServerClient.LocalKey(data));
        }

        // To look needs no credential of a product; an answer lets the run go on, and so takes the connections.
        using var logs = NodeFactory.Logs(verbose: false);
        var (node, folder) = await NodeFactory.OpenAsync(data, acts ? null : "mock", config, logs, cancel);
        return new LocalDesk(node, folder);
    }
}
