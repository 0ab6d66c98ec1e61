using System.Text.Json;
using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

internal sealed class ListFolderHandler(FalconHosts hosts, RtrDesk desk, HostScripts scripts) : IActionHandler<ListFolder, FolderListed>
{
    public async Task<Outcome<FolderListed>> RunAsync(ListFolder action, ActionContext context)
    {
        var device = await hosts.GetAsync(action.Host, context.Cancel);
        var path = HostPath.Normal(device, action.Path, shortNames: true);
        var seen = await desk.UseAsync(device, session => scripts.FolderAsync(session, path, action.Recurse, context.IdempotencyKey, context.Cancel), context.Cancel);
        if (seen.End is "absent" or "file")
        {
            throw new ActionFailure(FailureKind.NotFound, $"{device.Hostname} has no folder {seen.Path}.");
        }

        context.Report(seen.Files.Count, seen.Files.Count, "files");
        var manifest = await context.KeepAsync($"manifest-{device.Hostname}.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(seen.Files, Json.Options));
        var byExtension = seen.Files.CountBy(file => Path.GetExtension(file.Path).ToLowerInvariant()).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => (long)pair.Value);
        return new FolderListed(
            seen.Path, seen.Files.Count, seen.Files.Sum(file => file.Size), [.. byExtension.Keys], byExtension,
            [.. seen.Files.OrderByDescending(file => file.Size).Take(10)], seen.Files.Min(file => file.CreatedAt), seen.Files.Max(file => file.CreatedAt), manifest)
        {
            ReparsePoints = seen.Links,
        };
    }
}
