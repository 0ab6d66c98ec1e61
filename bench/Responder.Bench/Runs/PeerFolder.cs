using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Engine.Access;
using Responder.Storage;

namespace Responder.Bench.Runs;

/// <summary><c>work</c>: a folder with what a server needs for the measured work, for a driver that compares several programs; <c>bench/responder-peer.json</c> tells it how.</summary>
internal static class PeerFolder
{
    /// <summary>It opens a server on loopback whose only outside is a stub.</summary>
    private const string Key = "rsp_bench";

    public static Command Make()
    {
        var folder = new Option<string>("--folder") { Required = true, Description = "An empty folder." };
        var recovery = new Option<string>("--recovery") { Description = "repeat or ask.", DefaultValueFactory = _ => "repeat" };
        var command = new Command("work", "Writes the playbook, the source's mapping and a key for the measured work, for bench/responder-peer.json.") { folder, recovery };
        command.SetAction(async (parse, cancel) =>
        {
            var root = Path.GetFullPath(parse.GetValue(folder)!);
            await WriteAsync(Path.Combine(root, "sources", "bench.yaml"), Work.Mapping, cancel);
            await WriteAsync(Path.Combine(root, "playbooks", Work.Playbook, "playbook.yaml"), Work.PlaybookText(parse.GetValue(recovery)!), cancel);
            using var data = await DataFolder.OpenAsync(Path.Combine(root, "data"), TimeProvider.System, cancel);
            await using var store = await SqliteStore.OpenAsync(data, new SqliteStoreOptions(), TimeProvider.System, NullLogger.Instance, cancel);
            await store.ApiKeys.AddAsync(new ApiKeyRow("bench", "bench", ["*"], "bench", TimeProvider.System.GetUtcNow()), ApiKeyHash.Of(Key), cancel);
            return 0;
        });
        return command;
    }

    private static Task WriteAsync(string path, string text, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllTextAsync(path, text, cancel);
    }
}
