using Responder.Playbooks.Mappings.Sigma;

namespace Responder.Playbooks.Mappings;

/// <summary>A Windows path with <c>*</c> (any text) and <c>?</c> (one character), in any case.</summary>
/// <param name="text">As written.</param>
public sealed class PathPattern(string text)
{
    // In a path a backslash is a separator, never Sigma's escape of a wildcard.
    private readonly SigmaPattern _whole = SigmaPattern.Parse(text.Replace(@"\*", @"\\*", StringComparison.Ordinal).Replace(@"\?", @"\\?", StringComparison.Ordinal), cased: false);
    private readonly SigmaPattern[] _parts = [.. text.Split('\\').Select(part => SigmaPattern.Parse(part, cased: false))];

    /// <summary>True where the whole path fits.</summary>
    /// <param name="path">The path.</param>
    public bool Fits(string path) => _whole.Matches(path);

    /// <summary>The beginning of a path that fits part by part; null where none does.</summary>
    /// <param name="path">The path.</param>
    public string? Root(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('\\');
        return parts.Length >= _parts.Length && _parts.Zip(parts).All(one => one.First.Matches(one.Second)) ? string.Join('\\', parts.Take(_parts.Length)) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => text;
}
