using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

internal sealed class ListFolderHandler(MockEstate estate) : IActionHandler<ListFolder, FolderListed>
{
    public async Task<Outcome<FolderListed>> RunAsync(ListFolder action, ActionContext context)
    {
        var (hostname, path, links, files) = estate.Read(company =>
        {
            var host = company.Host(action.Host);
            host.MustBeOnline();
            var resolved = host.Files.Resolve(action.Path);
            return !host.Files.FolderExists(resolved.Path)
                ? throw new ActionFailure(FailureKind.NotFound, $"{host.Hostname} has no folder {resolved.Path}.")
                : (host.Hostname, resolved.Path, (IReadOnlyList<string>)[.. resolved.ReparsePoints, .. host.Files.LinksBelow(resolved.Path)], host.Files.List(resolved.Path, action.Recurse));
        });
        var entries = new List<FileEntry>(files.Count);
        foreach (var file in files)
        {
            entries.Add(HostView.Of(file, path));
            if (entries.Count % 250 == 0)
            {
                context.Report(entries.Count, files.Count, "files");
            }
        }

        return await FolderListing.KeepAsync(hostname, path, entries, links, context);
    }
}
