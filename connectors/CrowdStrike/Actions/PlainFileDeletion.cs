using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>
/// Deletion of one file by Falcon's own commands, where scripts are off: <c>ls</c> and <c>filehash</c> say what is there, <c>rm</c> deletes it, and <c>ls</c> looks afterwards. Nobody on the host
/// looks for links, so it is done only where the connection says <c>UnverifiedPaths: allow</c>.
/// </summary>
internal sealed class PlainFileDeletion(CrowdStrikeSettings settings, FalconHosts hosts, RtrDesk desk)
{
    public async Task<Outcome<FileDeleted>> RunAsync(DeleteFile action, ActionContext context)
    {
        var (host, path) = await TargetAsync(action, context.Cancel);
        return await desk.UseAsync<Outcome<FileDeleted>>(host, async session =>
        {
            if (await PlainListing.FileAsync(session, path, context.Cancel) is not { } seen)
            {
                return Outcome.AlreadySo(new FileDeleted(path, 0, Gone: true));
            }

            Check(host, action, seen);
            var done = await session.ActAsync(RtrRole.ActiveResponderCommand, "rm", $"rm {PlainListing.Quote(path)}", context);
            return await Ordered.FollowAsync($"rm of {path} was sent to {host.Hostname}", async () => await PlainListing.FileAsync(session, path, CancellationToken.None) is null
                ? new FileDeleted(path, seen.Size, Gone: true)
                : throw new ActionFailure(FailureKind.Conflict, $"{path} on {host.Hostname} could not be deleted: {done.Stderr}") { Code = "left" }, FailureKind.Conflict);
        }, context.Cancel);
    }

    public async Task<Before> BeforeAsync(DeleteFile action, ActionContext context)
    {
        var (host, path) = await TargetAsync(action, context.Cancel);
        var seen = await LookAsync(host, path, context.Cancel);
        if (seen is not null)
        {
            Check(host, action, seen);
        }

        return new Before(seen is not null, seen is null ? $"{path} is absent" : $"{path}, {seen.Size} bytes, {seen.Sha256}");
    }

    public async Task<ProbeAnswer<FileDeleted>> ProbeAsync(Intent<DeleteFile> intent, ActionContext context)
    {
        var (host, path) = await TargetAsync(intent.Action, context.Cancel);
        return await LookAsync(host, path, context.Cancel) is not { } seen ? ProbeAnswer.Happened(new FileDeleted(path, 0, Gone: true), $"{path} is absent.")
            : intent.Action.Sha256 is { } wanted && !string.Equals(wanted, seen.Sha256, StringComparison.OrdinalIgnoreCase) ? ProbeAnswer.CannotTell<FileDeleted>($"{path} is there and is another one.")
            : ProbeAnswer.NotHappened<FileDeleted>($"{path} is there.");
    }

    private Task<FileEntry?> LookAsync(ScriptHost host, string path, CancellationToken cancel) => desk.UseAsync(host, session => PlainListing.FileAsync(session, path, cancel), cancel);

    private async Task<(ScriptHost Host, string Path)> TargetAsync(DeleteFile action, CancellationToken cancel)
    {
        var host = (await hosts.GetAsync(action.Host, cancel)).Scripted;
        return (host, PlainDeletion.Allowed(settings, host, action.Path));
    }

    private static void Check(ScriptHost host, DeleteFile action, FileEntry seen)
    {
        if (action.Sha256 is { } wanted && !string.Equals(wanted, seen.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ActionFailure(FailureKind.Conflict, $"{seen.Path} on {host.Hostname} has the hash {seen.Sha256}, not {wanted}. It was not deleted.");
        }
    }
}
