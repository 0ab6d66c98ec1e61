using System.Text.Json;

namespace Responder.Sdk.Edr;

/// <summary>The list of files that a deletion was approved with, as <c>edr.list_folder</c> keeps it.</summary>
public static class DeletionManifest
{
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
