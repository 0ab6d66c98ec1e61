using Responder.Connectors.Defender.Client;
using Responder.Connectors.Defender.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Defender.Actions;

/// <summary>One order of two commands: our script reads the file's hash on the machine, Defender's <c>GetFile</c> uploads it; what comes is kept if it has that hash.</summary>
[Recovery(Recover.Repeat)]
internal sealed class CollectFileHandler(LibraryScripts scripts, LiveDesk desk) : IActionHandler<CollectFile, FileCollected>
{
    private const long Largest = 256L * 1024 * 1024;

    public async Task<Outcome<FileCollected>> RunAsync(CollectFile action, ActionContext context)
    {
        var host = await scripts.HostAsync(action.Host, context.Cancel);
        var path = HostPath.Normal(host, action.Path, shortNames: true);
        var look = await scripts.CommandAsync(HostScript.File(path), context.Cancel);
        return await desk.UseAsync(
            host.Id, async () => await KeepAsync(await desk.ActAsync(host.Id, host.Hostname, context, Task.FromResult, look, LiveCommand.GetFile(path)), host, path, context), context.Cancel);
    }

    private async Task<Outcome<FileCollected>> KeepAsync(MachineAction order, ScriptHost host, string path, ActionContext context)
    {
        if (order.Commands is not [{ CommandStatus: "Completed" }, ..])
        {
            throw new ActionFailure(FailureKind.Conflict, $"{path} on {host.Hostname} could not be looked at: {order.Said}") { Code = order.Status };
        }

        var printed = await desk.PrintedAsync(order, 0, CancellationToken.None);
        var seen = ScriptOutput.Read(printed.Output, printed.Errors, host);
        if (seen.Hash is not { Length: 64 } hash)
        {
            throw new ActionFailure(FailureKind.NotFound, $"{host.Hostname} has no file {path} ({seen.End}).") { Code = seen.End };
        }

        if (order.Status != "Succeeded")
        {
            throw new ActionFailure(FailureKind.Conflict, $"{path} on {host.Hostname} could not be fetched: {order.Said}") { Code = order.Status };
        }

        var answer = await desk.DownloadAsync(order, 1, CancellationToken.None, new RestCallOptions { BodyLimit = Largest, Timeout = TimeSpan.FromMinutes(5) });
        var content = Uploaded.Find(answer.Body, hash)
            ?? throw new ActionFailure(FailureKind.Conflict, $"What came for {path} on {host.Hostname} has not the hash {hash} that the file had there. Does something write to it?") { Code = "hash" };
        var kept = await context.KeepAsync(path[(path.LastIndexOf('\\') + 1)..], "application/octet-stream", content);
        context.Report(content.Length, content.Length, "bytes");
        return new FileCollected(kept, hash, seen.Number);
    }
}
