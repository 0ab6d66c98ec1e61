using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>By our script; where scripts are off for the connection, by Falcon's own <c>ls</c>.</summary>
internal sealed class ListFolderHandler(CrowdStrikeSettings settings, RtrScripts scripts, RtrDesk desk) : FolderLook(scripts)
{
    private readonly RtrScripts _scripts = scripts;

    public override async Task<Outcome<FolderListed>> RunAsync(ListFolder action, ActionContext context)
    {
        if (settings.Scripts)
        {
            return await base.RunAsync(action, context);
        }

        var host = await _scripts.HostAsync(action.Host, context.Cancel);
        var path = HostPath.Normal(host, action.Path, shortNames: true);
        var files = await desk.UseAsync(host, session => PlainListing.FilesAsync(session, path, action.Recurse, context.Cancel), context.Cancel);
        return files is null ? throw new ActionFailure(FailureKind.NotFound, $"{host.Hostname} has no folder {path}.")
            : await FolderListing.KeepAsync(host.Hostname, path, files, [], context);
    }
}
