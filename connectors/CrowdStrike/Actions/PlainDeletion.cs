using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>
/// Deletion by Falcon's own <c>rm</c>, where scripts are off: nobody on the host resolves the path or looks for links, so it is done only
/// where the connection says <c>UnverifiedPaths: allow</c>; what <c>ls</c> shows before is compared with the approved list, and what is there afterwards is looked at.
/// </summary>
internal sealed class PlainDeletion(CrowdStrikeSettings settings, FalconHosts hosts, RtrDesk desk)
{
    private const string Sent = "sent";

    public async Task<Outcome<FolderDeleted>> RunAsync(DeleteFolder action, ActionContext context)
    {
        var manifest = await DeletionManifest.ReadAsync(action.Manifest, context);
        var (host, path) = await TargetAsync(action, context.Cancel);
        return await desk.UseAsync<Outcome<FolderDeleted>>(host, async session =>
        {
            if (await PlainListing.FilesAsync(session, path, deep: true, context.Cancel) is not { } files)
            {
                return Outcome.AlreadySo(new FolderDeleted(path, 0, 0, Gone: true, []));
            }

            if (DeletionManifest.Unknown(manifest, files) is { Count: > 0 } unknown)
            {
                throw DeletionManifest.OutOfDate(path, host.Hostname, unknown);
            }

            var done = await session.ActAsync(RtrRole.ActiveResponderCommand, "rm", Remove(path), context);
            return await Ordered.FollowAsync($"rm of {path} was sent to {host.Hostname}", async () => await PlainListing.FilesAsync(session, path, deep: false, CancellationToken.None) is null
                ? new FolderDeleted(path, files.Count, files.Sum(file => file.Size), Gone: true, [])
                : throw new ActionFailure(FailureKind.Unknown, $"rm of {path} on {host.Hostname} left the folder there: {done.Stderr}") { Code = "rm" });
        }, context.Cancel);
    }

    public async Task<Before> BeforeAsync(DeleteFolder action, ActionContext context)
    {
        var (host, path) = await TargetAsync(action, context.Cancel);
        var sent = await SentAsync(host, path, context.Cancel);
        var there = await FilesAsync(host, path, context.Cancel) is { } files ? $"{path} holds {files.Count} files, {files.Sum(file => file.Size)} bytes" : null;
        return new Before(there is not null, there ?? $"{path} is absent", new Dictionary<string, string> { [Sent] = string.Join(' ', sent) });
    }

    /// <summary>Absent is done. Where an rm was sent since and the folder is there, nobody can say whether it is the one that was meant.</summary>
    public async Task<ProbeAnswer<FolderDeleted>> ProbeAsync(Intent<DeleteFolder> intent, ActionContext context)
    {
        var (host, path) = await TargetAsync(intent.Action, context.Cancel);
        var before = (intent.Before?.Marks?.GetValueOrDefault(Sent) ?? string.Empty).Split(' ');
        var sent = (await SentAsync(host, path, context.Cancel)).Except(before).Any();
        return await FilesAsync(host, path, context.Cancel) is not { } files ? ProbeAnswer.Happened(new FolderDeleted(path, 0, 0, Gone: true, []), $"{path} is absent.")
            : sent ? ProbeAnswer.CannotTell<FolderDeleted>($"rm of {path} was sent to {host.Hostname}, and the folder is there with {files.Count} files.")
            : ProbeAnswer.NotHappened<FolderDeleted>($"{path} is there, and no session's log has an rm of it that was not there before.");
    }

    private Task<IReadOnlyList<FileEntry>?> FilesAsync(ScriptHost host, string path, CancellationToken cancel) =>
        desk.UseAsync(host, session => PlainListing.FilesAsync(session, path, deep: true, cancel), cancel);

    private async Task<(ScriptHost Host, string Path)> TargetAsync(DeleteFolder action, CancellationToken cancel)
    {
        var host = (await hosts.GetAsync(action.Host, cancel)).Scripted;
        return (host, Allowed(settings, host, action.Path));
    }

    /// <summary>The path, where the connection lets something be deleted that nobody on the host has looked at.</summary>
    internal static string Allowed(CrowdStrikeSettings settings, ScriptHost host, string asked)
    {
        var path = HostPath.Deletable(host, asked);
        return settings.UnverifiedPaths ? path
            : throw new ActionFailure(
                FailureKind.RejectedByPolicy,
                $"Without scripts Falcon can't say where {path} on {host.Hostname} really leads, so it is not deleted. Set Scripts to true, or UnverifiedPaths to allow, at this connection.");
    }

    /// <summary>The rm of this path that Falcon remembers, by their ids.</summary>
    private async Task<IReadOnlyList<string>> SentAsync(ScriptHost host, string path, CancellationToken cancel) =>
        [.. (await desk.LogAsync(host.Id, cancel)).Where(line => line.BaseCommand == "rm" && line.CommandString == Remove(path)).Select(line => line.CloudRequestId).OfType<string>()];

    private static string Remove(string path) => $"rm {PlainListing.Quote(path)} -Force";
}
