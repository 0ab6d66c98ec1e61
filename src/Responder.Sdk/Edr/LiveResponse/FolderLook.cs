namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>A folder as a script on the host finds it.</summary>
/// <param name="scripts">The EDR's way to run it.</param>
public abstract class FolderLook(IHostScripts scripts) : IActionHandler<ListFolder, FolderListed>
{
    /// <inheritdoc/>
    public virtual async Task<Outcome<FolderListed>> RunAsync(ListFolder action, ActionContext context)
    {
        var host = await scripts.HostAsync(action.Host, context.Cancel);
        var path = HostPath.Normal(host, action.Path, shortNames: true);
        var seen = await scripts.UseAsync(host, session => session.LookAsync(HostScript.Folder(path, action.Recurse), context.IdempotencyKey, context.Cancel), context.Cancel);
        return seen.End is "absent" or "file" ? throw new ActionFailure(FailureKind.NotFound, $"{host.Hostname} has no folder {seen.Path}.")
            : await FolderListing.KeepAsync(host.Hostname, seen.Path, seen.Files, seen.Links, context);
    }
}
