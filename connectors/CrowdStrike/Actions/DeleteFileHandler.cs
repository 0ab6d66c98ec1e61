using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>By our script; where scripts are off for the connection, by Falcon's own <c>filehash</c> and <c>rm</c>.</summary>
[Recovery(Recover.Probe)]
internal sealed class DeleteFileHandler(CrowdStrikeSettings settings, RtrScripts scripts, PlainFileDeletion plain) : FileDeletion(scripts)
{
    public override Task<Outcome<FileDeleted>> RunAsync(DeleteFile action, ActionContext context) =>
        settings.Scripts ? base.RunAsync(action, context) : plain.RunAsync(action, context);

    public override Task<Before> BeforeAsync(DeleteFile action, ActionContext context) =>
        settings.Scripts ? base.BeforeAsync(action, context) : plain.BeforeAsync(action, context);

    public override Task<ProbeAnswer<FileDeleted>> ProbeAsync(Intent<DeleteFile> intent, ActionContext context) =>
        settings.Scripts ? base.ProbeAsync(intent, context) : plain.ProbeAsync(intent, context);
}
