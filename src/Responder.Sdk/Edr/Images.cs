namespace Responder.Sdk.Edr;

/// <summary>Images of processes, by full path or by name.</summary>
public static class Images
{
    /// <summary>True where an image is the one that is wanted; a wanted name without a folder fits in every folder.</summary>
    /// <param name="image">The image's path.</param>
    /// <param name="wanted">A path or a name.</param>
    public static bool Same(string image, string wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return string.Equals(image, wanted, StringComparison.OrdinalIgnoreCase) || (!wanted.Contains('\\', StringComparison.Ordinal) && string.Equals(NameOf(image), wanted, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The name without its folder.</summary>
    /// <param name="image">The image's path.</param>
    public static string NameOf(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image[(image.LastIndexOf('\\') + 1)..];
    }
}
