using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>
/// A look, the comparison with the approved list, and one script that deletes what was looked at: it lists again on the host and stops where
/// the list differs, where a link is in the path or below, and leaves what came meanwhile.
/// </summary>
[Recovery(Recover.Probe)]
internal sealed class DeleteFolderHandler(CrowdStrikeSettings settings, FalconHosts hosts, RtrDesk desk, HostScripts scripts)
    : IActionHandler<DeleteFolder, FolderDeleted>, IReadsBefore<DeleteFolder>, IProbe<DeleteFolder, FolderDeleted>
{
    public async Task<Outcome<FolderDeleted>> RunAsync(DeleteFolder action, ActionContext context)
    {
        var manifest = await DeletionManifest.ReadAsync(action.Manifest, context);
        var device = await hosts.GetAsync(action.Host, context.Cancel);
        var path = HostPath.Deletable(device, action.Path);
        if (!settings.Scripts)
        {
            return await new PlainDeletion(settings, desk).FolderAsync(device, path, context);
        }

        return await desk.UseAsync<Outcome<FolderDeleted>>(device, async session =>
        {
            for (var look = 1; ; look++)
            {
                var seen = await scripts.FolderAsync(session, path, deep: true, context.IdempotencyKey, context.Cancel);
                HostPath.RefuseLinks(device, path, seen.Links);
                if (seen.End == "absent")
                {
                    return Outcome.AlreadySo(new FolderDeleted(seen.Path, 0, 0, Gone: true, []));
                }

                Check(device, seen, manifest);
                context.Report(0, seen.Files.Count, "files");
                var went = await scripts.DeleteFolderAsync(session, seen.Path, seen.Digest, context);
                switch (went.End)
                {
                    case "gone" or "left":
                        context.Report(went.Number, seen.Files.Count, "files");
                        var answer = new FolderDeleted(went.Path, went.Number, went.Bytes, went.End == "gone", went.Left);
                        return went.End == "gone" ? answer : Outcome.Partial(answer);
                    case "links":
                        HostPath.RefuseLinks(device, path, went.Links.Count > 0 ? went.Links : [path]);
                        break;
                    case "absent":
                        return Outcome.AlreadySo(new FolderDeleted(seen.Path, 0, 0, Gone: true, []));
                    case "changed" when look < 3:
                        break;
                    default:
                        throw new ActionFailure(FailureKind.Conflict, $"{path} on {device.Hostname} changes while it is looked at ({went.End}). Nothing was deleted: stop what writes there first.");
                }
            }
        }, context.Cancel);
    }

    public async Task<Before> BeforeAsync(DeleteFolder action, ActionContext context)
    {
        var (_, _, seen) = await LookAsync(action, context);
        HostPath.RefuseLinks(await hosts.GetAsync(action.Host, context.Cancel), action.Path, seen.Links);
        return new Before(seen.End != "absent", seen.End == "absent" ? $"{seen.Path} is absent" : $"{seen.Path} holds {seen.Files.Count} files, {seen.Files.Sum(file => file.Size)} bytes");
    }

    public async Task<ProbeAnswer<FolderDeleted>> ProbeAsync(Intent<DeleteFolder> intent, ActionContext context)
    {
        var device = await hosts.GetAsync(intent.Action.Host, context.Cancel);
        var sent = settings.Scripts ? await scripts.RememberedAsync(device, HostScripts.ActOf(intent.Key, "delete"), context.Cancel) : null;
        if (sent is { End: "gone" or "left" })
        {
            return ProbeAnswer.Happened(
                new FolderDeleted(sent.Path, sent.Number, sent.Bytes, sent.End == "gone", sent.Left), $"The session's log has this step's script: {sent.Number} files, {sent.Bytes} bytes, {sent.End}.");
        }

        var (_, path, seen) = await LookAsync(intent.Action, context);
        var manifest = await DeletionManifest.ReadAsync(intent.Action.Manifest, context);
        return seen.End == "absent" ? ProbeAnswer.Happened(new FolderDeleted(path, 0, 0, Gone: true, []), $"{path} is absent.")
            : Manifest.Unknown(manifest, seen.Files) is [var first, ..] ? ProbeAnswer.CannotTell<FolderDeleted>($"{path} is there and holds {first}, which is not in the manifest.")
            : ProbeAnswer.NotHappened<FolderDeleted>($"{path} is there.");
    }

    private async Task<(FalconDevice Device, string Path, ScriptOutput Seen)> LookAsync(DeleteFolder action, ActionContext context)
    {
        var device = await hosts.GetAsync(action.Host, context.Cancel);
        var path = HostPath.Deletable(device, action.Path);
        return (device, path, await desk.UseAsync(device, session => scripts.FolderAsync(session, path, deep: true, context.IdempotencyKey, context.Cancel), context.Cancel));
    }

    private static void Check(FalconDevice device, ScriptOutput seen, IReadOnlyList<FileEntry>? manifest)
    {
        if (seen.End == "file")
        {
            throw new ActionFailure(FailureKind.Conflict, $"{seen.Path} on {device.Hostname} is a file. Nothing was deleted: use edr.delete_file.");
        }

        if (Manifest.Unknown(manifest, seen.Files) is { Count: > 0 } unknown)
        {
            throw DeletionManifest.OutOfDate(seen.Path, device.Hostname, unknown);
        }
    }
}
