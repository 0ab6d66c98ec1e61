namespace Responder.Web.Wire;

/// <summary>A key that stood in the address, and was taken out of it before anything could write the address down.</summary>
/// <param name="Key">The key.</param>
internal sealed record AddressKey(string Key)
{
    /// <summary>What stands in its place.</summary>
    public const string Mark = "hidden";

    private const string Before = "/api/alerts/";

    /// <summary>Takes the key out of an address of the form <c>/api/alerts/SOURCE/KEY</c>; null where it is of another form.</summary>
    /// <param name="path">The path.</param>
    public static (string Path, AddressKey Key)? TakeFrom(string path)
    {
        if (!path.StartsWith(Before, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var end = path.IndexOf('/', Before.Length);
        return end > Before.Length && end + 1 < path.Length ? ($"{path[..(end + 1)]}{Mark}", new AddressKey(path[(end + 1)..].TrimEnd('/'))) : null;
    }
}
