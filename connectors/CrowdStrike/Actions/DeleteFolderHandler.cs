using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>By our script; where scripts are off for the connection, by Falcon's own <c>rm</c>.</summary>
[Recovery(Recover.Probe)]
internal sealed class DeleteFolderHandler(CrowdStrikeSettings settings, RtrScripts scripts, PlainDeletion plain) : FolderDeletion(scripts)
{
    public override Task<Outcome<FolderDeleted>> RunAsync(DeleteFolder action, ActionContext context) =>
        settings.Scripts ? base.RunAsync(action, context) : plain.RunAsync(action, context);

    public override Task<Before> BeforeAsync(DeleteFolder action, ActionContext context) =>
        settings.Scripts ? base.BeforeAsync(action, context) : plain.BeforeAsync(action, context);

    public override Task<ProbeAnswer<FolderDeleted>> ProbeAsync(Intent<DeleteFolder> intent, ActionContext context) =>
        settings.Scripts ? base.ProbeAsync(intent, context) : plain.ProbeAsync(intent, context);
}
