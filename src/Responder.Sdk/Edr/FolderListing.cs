using System.Text.Json;

namespace Responder.Sdk.Edr;

/// <summary>Makes the result of <c>edr.list_folder</c>: the whole list is an artifact, its sums are the answer.</summary>
public static class FolderListing
{
    /// <summary>Keeps the list and sums it up.</summary>
    /// <param name="hostname">The host's name.</param>
    /// <param name="path">The folder as the host resolved it.</param>
    /// <param name="files">Its files, by their path below it.</param>
    /// <param name="links">Reparse points in the path and below it.</param>
    /// <param name="context">The step's context.</param>
    public static async Task<FolderListed> KeepAsync(string hostname, string path, IReadOnlyList<FileEntry> files, IReadOnlyList<string> links, ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Report(files.Count, files.Count, "files");
        var manifest = await context.KeepAsync($"manifest-{hostname}.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(files, Json.Options));
        var byExtension = files.CountBy(file => Path.GetExtension(file.Path).ToLowerInvariant()).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => (long)pair.Value);
        return new FolderListed(
            path, files.Count, files.Sum(file => file.Size), [.. byExtension.Keys], byExtension,
            [.. files.OrderByDescending(file => file.Size).Take(10)], files.Min(file => file.CreatedAt), files.Max(file => file.CreatedAt), manifest)
        {
            ReparsePoints = links,
        };
    }
}
