namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>A look, and one script that deletes the file where it still has the hash that was seen and no link is in its path.</summary>
/// <param name="scripts">The EDR's way to run them.</param>
public abstract class FileDeletion(IHostScripts scripts)
    : IActionHandler<DeleteFile, FileDeleted>, IReadsBefore<DeleteFile>, IProbe<DeleteFile, FileDeleted>
{
    /// <inheritdoc/>
    public virtual async Task<Outcome<FileDeleted>> RunAsync(DeleteFile action, ActionContext context)
    {
        var host = await scripts.HostAsync(action.Host, context.Cancel);
        var path = HostPath.Deletable(host, action.Path);
        return await scripts.UseAsync<Outcome<FileDeleted>>(host, async session =>
        {
            var seen = await session.LookAsync(HostScript.File(path), context.IdempotencyKey, context.Cancel);
            Check(host, seen, action);
            if (seen.End == "absent")
            {
                return Outcome.AlreadySo(new FileDeleted(seen.Path, 0, Gone: true));
            }

            var went = await session.ActAsync(HostScript.DeleteFile(seen.Path, seen.Hash!), context);
            return went.End switch
            {
                "gone" => new FileDeleted(went.Path, went.Number, Gone: true),
                "absent" => Outcome.AlreadySo(new FileDeleted(seen.Path, 0, Gone: true)),
                "left" => throw new ActionFailure(FailureKind.Conflict, $"{path} on {host.Hostname} could not be deleted; something has it open.") { Code = "left" },
                _ => throw new ActionFailure(FailureKind.Conflict, $"{path} on {host.Hostname} changed while it was looked at ({went.End}). It was not deleted."),
            };
        }, context.Cancel);
    }

    /// <inheritdoc/>
    public virtual async Task<Before> BeforeAsync(DeleteFile action, ActionContext context)
    {
        var (host, seen) = await LookAsync(action, context);
        Check(host, seen, action);
        return new Before(seen.End != "absent", seen.End == "absent" ? $"{seen.Path} is absent" : $"{seen.Path}, {seen.Number} bytes, {seen.Hash}");
    }

    /// <inheritdoc/>
    public virtual async Task<ProbeAnswer<FileDeleted>> ProbeAsync(Intent<DeleteFile> intent, ActionContext context)
    {
        var host = await scripts.HostAsync(intent.Action.Host, context.Cancel);
        if (await scripts.RememberedAsync(host, SentScript.OfStep(intent.Key, HostScript.Delete), context.Cancel) is { End: "gone" } sent)
        {
            return ProbeAnswer.Happened(new FileDeleted(sent.Path, sent.Number, Gone: true), "This step's script was run.");
        }

        var (_, seen) = await LookAsync(intent.Action, context);
        return seen.End == "absent" ? ProbeAnswer.Happened(new FileDeleted(seen.Path, 0, Gone: true), $"{seen.Path} is absent.")
            : seen.End != "ok" || (intent.Action.Sha256 is { } wanted && !string.Equals(wanted, seen.Hash, StringComparison.OrdinalIgnoreCase))
                ? ProbeAnswer.CannotTell<FileDeleted>($"{seen.Path} is there and is another one ({seen.End}).")
                : ProbeAnswer.NotHappened<FileDeleted>($"{seen.Path} is there.");
    }

    private async Task<(ScriptHost Host, ScriptOutput Seen)> LookAsync(DeleteFile action, ActionContext context)
    {
        var host = await scripts.HostAsync(action.Host, context.Cancel);
        var path = HostPath.Deletable(host, action.Path);
        return (host, await scripts.UseAsync(host, session => session.LookAsync(HostScript.File(path), context.IdempotencyKey, context.Cancel), context.Cancel));
    }

    private static void Check(ScriptHost host, ScriptOutput seen, DeleteFile action)
    {
        HostPath.RefuseLinks(host, seen.Path, seen.Links);
        if (seen.End == "folder")
        {
            throw new ActionFailure(FailureKind.Conflict, $"{seen.Path} on {host.Hostname} is a folder. Nothing was deleted: use edr.delete_folder.");
        }

        if (seen.End == "ok" && action.Sha256 is { } wanted && !string.Equals(wanted, seen.Hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new ActionFailure(FailureKind.Conflict, $"{seen.Path} on {host.Hostname} has the hash {seen.Hash}, not {wanted}. It was not deleted.");
        }
    }
}
