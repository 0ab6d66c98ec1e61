using System.Text.Json;

namespace Responder.Sdk.Edr;

/// <summary>The list of files that a deletion was approved with, as <c>edr.list_folder</c> keeps it.</summary>
public static class DeletionManifest
{
    /// <summary>The code of a failure that says: the folder is not as the approved list has it, and nothing was deleted.</summary>
    public const string Outdated = "manifest_outdated";

    /// <summary>The folder is not as the approved list has it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="hostname">The host.</param>
    /// <param name="unknown">The files that the list lacks, or has with another size or hash.</param>
    public static ActionFailure OutOfDate(string path, string? hostname, IReadOnlyList<string> unknown)
    {
        ArgumentNullException.ThrowIfNull(unknown);
        return new ActionFailure(
            FailureKind.Conflict,
            $"{path} on {hostname} holds {unknown.Count} files that are not as the approved list has them: {string.Join(", ", unknown.Take(5))}{(unknown.Count > 5 ? ", …" : string.Empty)}. Nothing was deleted; the new list must be approved.")
        {
            Code = Outdated,
        };
    }

    /// <summary>Files that the list lacks, or has with another size or hash; one that is missing is no matter.</summary>
    /// <param name="manifest">The approved list; null where there is none.</param>
    /// <param name="files">The files that are there.</param>
    public static IReadOnlyList<string> Unknown(IReadOnlyList<FileEntry>? manifest, IReadOnlyList<FileEntry> files)
    {
        if (manifest is null)
        {
            return [];
        }

        var known = manifest.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        return [.. files
            .Where(file => !known.TryGetValue(file.Path, out var listed) || listed.Size != file.Size || (listed.Sha256 is not null && file.Sha256 is not null && listed.Sha256 != file.Sha256))
            .Select(file => file.Path)];
    }

    /// <summary>Reads it; null where there is none.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="ActionFailure">It is no such list.</exception>
    public static async Task<IReadOnlyList<FileEntry>?> ReadAsync(ArtifactRef? artifact, ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (artifact is null)
        {
            return null;
        }

        var bytes = await context.OpenAsync(artifact);
        try
        {
            return JsonSerializer.Deserialize<List<FileEntry>>(bytes.Span, Json.Options) ?? [];
        }
        catch (JsonException exception)
        {
            throw new ActionFailure(FailureKind.Invalid, $"{artifact.Name} is no manifest as edr.list_folder keeps it: {exception.Message}", exception);
        }
    }
}
