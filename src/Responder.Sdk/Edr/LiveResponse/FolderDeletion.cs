namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>
/// A look, the comparison with the approved list, and one script that deletes what was looked at: it lists again on the host and stops where
/// the list differs, where a link is in the path or below, and leaves what came meanwhile.
/// </summary>
/// <param name="scripts">The EDR's way to run them.</param>
public abstract class FolderDeletion(IHostScripts scripts)
    : IActionHandler<DeleteFolder, FolderDeleted>, IReadsBefore<DeleteFolder>, IProbe<DeleteFolder, FolderDeleted>
{
    /// <inheritdoc/>
    public virtual async Task<Outcome<FolderDeleted>> RunAsync(DeleteFolder action, ActionContext context)
    {
        var manifest = await DeletionManifest.ReadAsync(action.Manifest, context);
        var host = await scripts.HostAsync(action.Host, context.Cancel);
        var path = HostPath.Deletable(host, action.Path);
        return await scripts.UseAsync<Outcome<FolderDeleted>>(host, async session =>
        {
            for (var look = 1; ; look++)
            {
                var seen = await session.LookAsync(HostScript.Folder(path, deep: true), context.IdempotencyKey, context.Cancel);
                HostPath.RefuseLinks(host, path, seen.Links);
                if (seen.End == "absent")
                {
                    return Outcome.AlreadySo(new FolderDeleted(seen.Path, 0, 0, Gone: true, []));
                }

                Check(host, seen, manifest);
                context.Report(0, seen.Files.Count, "files");
                var went = await session.ActAsync(HostScript.DeleteFolder(seen.Path, seen.Digest), context);
                switch (went.End)
                {
                    case "gone" or "left":
                        context.Report(went.Number, seen.Files.Count, "files");
                        var answer = new FolderDeleted(went.Path, went.Number, went.Bytes, went.End == "gone", went.Left);
                        return went.End == "gone" ? answer : Outcome.Partial(answer);
                    case "links":
                        HostPath.RefuseLinks(host, path, went.Links.Count > 0 ? went.Links : [path]);
                        break;
                    case "absent":
                        return Outcome.AlreadySo(new FolderDeleted(seen.Path, 0, 0, Gone: true, []));
                    case "changed" when look < 3:
                        break;
                    default:
                        throw new ActionFailure(FailureKind.Conflict, $"{path} on {host.Hostname} changes while it is looked at ({went.End}). Nothing was deleted: stop what writes there first.");
                }
            }
        }, context.Cancel);
    }

    /// <inheritdoc/>
    public virtual async Task<Before> BeforeAsync(DeleteFolder action, ActionContext context)
    {
        var (_, _, seen) = await LookAsync(action, context);
        HostPath.RefuseLinks(await scripts.HostAsync(action.Host, context.Cancel), action.Path, seen.Links);
        return new Before(seen.End != "absent", seen.End == "absent" ? $"{seen.Path} is absent" : $"{seen.Path} holds {seen.Files.Count} files, {seen.Files.Sum(file => file.Size)} bytes");
    }

    /// <inheritdoc/>
    public virtual async Task<ProbeAnswer<FolderDeleted>> ProbeAsync(Intent<DeleteFolder> intent, ActionContext context)
    {
        var host = await scripts.HostAsync(intent.Action.Host, context.Cancel);
        var sent = await scripts.RememberedAsync(host, SentScript.OfStep(intent.Key, HostScript.Delete), context.Cancel);
        if (sent is { End: "gone" or "left" })
        {
            return ProbeAnswer.Happened(
                new FolderDeleted(sent.Path, sent.Number, sent.Bytes, sent.End == "gone", sent.Left), $"This step's script was run: {sent.Number} files, {sent.Bytes} bytes, {sent.End}.");
        }

        var (_, path, seen) = await LookAsync(intent.Action, context);
        var manifest = await DeletionManifest.ReadAsync(intent.Action.Manifest, context);
        return seen.End == "absent" ? ProbeAnswer.Happened(new FolderDeleted(path, 0, 0, Gone: true, []), $"{path} is absent.")
            : DeletionManifest.Unknown(manifest, seen.Files) is [var first, ..] ? ProbeAnswer.CannotTell<FolderDeleted>($"{path} is there and holds {first}, which is not in the manifest.")
            : ProbeAnswer.NotHappened<FolderDeleted>($"{path} is there.");
    }

    private async Task<(ScriptHost Host, string Path, ScriptOutput Seen)> LookAsync(DeleteFolder action, ActionContext context)
    {
        var host = await scripts.HostAsync(action.Host, context.Cancel);
        var path = HostPath.Deletable(host, action.Path);
        return (host, path, await scripts.UseAsync(host, session => session.LookAsync(HostScript.Folder(path, deep: true), context.IdempotencyKey, context.Cancel), context.Cancel));
    }

    private static void Check(ScriptHost host, ScriptOutput seen, IReadOnlyList<FileEntry>? manifest)
    {
        if (seen.End == "file")
        {
            throw new ActionFailure(FailureKind.Conflict, $"{seen.Path} on {host.Hostname} is a file. Nothing was deleted: use edr.delete_file.");
        }

        if (DeletionManifest.Unknown(manifest, seen.Files) is { Count: > 0 } unknown)
        {
            throw DeletionManifest.OutOfDate(seen.Path, host.Hostname, unknown);
        }
    }
}
