using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>What a deletion was approved with.</summary>
internal static class Manifest
{
    /// <summary>Files that the list lacks, or has with another size or hash; one that is missing is no matter.</summary>
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
}
