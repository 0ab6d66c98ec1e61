using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

[Recovery(Recover.Probe)]
internal sealed class DeleteFileHandler(FalconHosts hosts, RtrDesk desk, HostScripts scripts)
    : IActionHandler<DeleteFile, FileDeleted>, IReadsBefore<DeleteFile>, IProbe<DeleteFile, FileDeleted>
{
    public async Task<Outcome<FileDeleted>> RunAsync(DeleteFile action, ActionContext context)
    {
        var device = await hosts.GetAsync(action.Host, context.Cancel);
        var path = HostPath.Deletable(device, action.Path);
        return await desk.UseAsync<Outcome<FileDeleted>>(device, async session =>
        {
            var seen = await scripts.FileAsync(session, path, context.IdempotencyKey, context.Cancel);
            Check(device, seen, action);
            if (seen.End == "absent")
            {
                return Outcome.AlreadySo(new FileDeleted(seen.Path, 0, Gone: true));
            }

            var went = await scripts.DeleteFileAsync(session, seen.Path, seen.Hash!, context);
            return went.End switch
            {
                "gone" => new FileDeleted(went.Path, went.Number, Gone: true),
                "absent" => Outcome.AlreadySo(new FileDeleted(seen.Path, 0, Gone: true)),
                "left" => throw new ActionFailure(FailureKind.Conflict, $"{path} on {device.Hostname} could not be deleted; something has it open.") { Code = "left" },
                _ => throw new ActionFailure(FailureKind.Conflict, $"{path} on {device.Hostname} changed while it was looked at ({went.End}). It was not deleted."),
            };
        }, context.Cancel);
    }

    public async Task<Before> BeforeAsync(DeleteFile action, ActionContext context)
    {
        var (device, seen) = await LookAsync(action, context);
        Check(device, seen, action);
        return new Before(seen.End != "absent", seen.End == "absent" ? $"{seen.Path} is absent" : $"{seen.Path}, {seen.Number} bytes, {seen.Hash}");
    }

    public async Task<ProbeAnswer<FileDeleted>> ProbeAsync(Intent<DeleteFile> intent, ActionContext context)
    {
        var device = await hosts.GetAsync(intent.Action.Host, context.Cancel);
        if (await scripts.RememberedAsync(device, HostScripts.ActOf(intent.Key, "delete"), context.Cancel) is { End: "gone" } sent)
        {
            return ProbeAnswer.Happened(new FileDeleted(sent.Path, sent.Number, Gone: true), "The session's log has this step's script.");
        }

        var (_, seen) = await LookAsync(intent.Action, context);
        return seen.End == "absent" ? ProbeAnswer.Happened(new FileDeleted(seen.Path, 0, Gone: true), $"{seen.Path} is absent.")
            : seen.End != "ok" || (intent.Action.Sha256 is { } wanted && !string.Equals(wanted, seen.Hash, StringComparison.OrdinalIgnoreCase))
                ? ProbeAnswer.CannotTell<FileDeleted>($"{seen.Path} is there and is another one ({seen.End}).")
                : ProbeAnswer.NotHappened<FileDeleted>($"{seen.Path} is there.");
    }

    private async Task<(FalconDevice Device, ScriptOutput Seen)> LookAsync(DeleteFile action, ActionContext context)
    {
        var device = await hosts.GetAsync(action.Host, context.Cancel);
        var path = HostPath.Deletable(device, action.Path);
        return (device, await desk.UseAsync(device, session => scripts.FileAsync(session, path, context.IdempotencyKey, context.Cancel), context.Cancel));
    }

    private static void Check(FalconDevice device, ScriptOutput seen, DeleteFile action)
    {
        HostPath.RefuseLinks(device, seen.Path, seen.Links);
        if (seen.End == "folder")
        {
            throw new ActionFailure(FailureKind.Conflict, $"{seen.Path} on {device.Hostname} is a folder. Nothing was deleted: use edr.delete_folder.");
        }

        if (seen.End == "ok" && action.Sha256 is { } wanted && !string.Equals(wanted, seen.Hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new ActionFailure(FailureKind.Conflict, $"{seen.Path} on {device.Hostname} has the hash {seen.Hash}, not {wanted}. It was not deleted.");
        }
    }
}
