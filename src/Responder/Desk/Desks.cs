using System.CommandLine;
using Responder.Storage;

namespace Responder.Cli.Desk;

/// <summary>Finds the desk: the server that is named, the server that has the data folder, or the folder itself.</summary>
internal static class Desks
{
    public static Option<string?> Server() => new("--server") { Description = "A server's address; RESPONDER_SERVER too. Its key is RESPONDER_API_KEY." };

    /// <summary>The desk.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="server">A server's address.</param>
    /// <param name="config">The settings file.</param>
    /// <param name="acts">False where it is only looked.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="mode"><c>mock</c> or <c>configured</c>; where null, as the run was started, else by the settings.</param>
    /// <param name="runId">The run that it is opened for.</param>
    /// <param name="verbose">Log more, to standard error.</param>
    public static async Task<IDesk> OpenAsync(string data, string? server, string? config, bool acts, CancellationToken cancel, string? mode = null, string? runId = null, bool verbose = false)
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
        var logs = NodeFactory.Logs(verbose);
        try
        {
            var (node, folder) = await NodeFactory.OpenAsync(data, acts ? mode : "mock", config, logs, cancel, runId);
            return new LocalDesk(node, folder, logs);
        }
        catch
        {
            logs.Dispose();
            throw;
        }
    }
}
