using System.Buffers;

namespace Responder.Sdk.Edr;

/// <summary>A Windows path's text, checked before it reaches a host: a drive path in normal form and nothing cleverer.</summary>
/// <remarks>The host has the last word: text alone can't show a junction or a mounted volume.</remarks>
public static class WindowsPath
{
    private static readonly SearchValues<char> Odd = SearchValues.Create("/:*?\"<>|%");
    private static readonly SearchValues<char> LookAlike = SearchValues.Create("\u2024\u2044\u2215\u2216\u29F5\u29F8\uFE55\uFF0E\uFF0F\uFF1A\uFF3C");

    /// <summary>The path without a blank end or a last backslash (a drive's root keeps its own).</summary>
    /// <param name="path">As it came; often from an alert, so hostile.</param>
    /// <param name="shortNames">True where 8.3 names (<c>ALEXCH~1</c>) may pass, because the host resolves them before anything is done.</param>
    /// <exception cref="ActionFailure">It has another form; the message says what is wrong with it.</exception>
    public static string Normal(string path, bool shortNames = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Problem(path, shortNames) is { } problem
            ? throw new ActionFailure(FailureKind.Invalid, $"'{path}' is not a drive path in normal form: {problem}. Give a path such as C:\\Temp\\folder.")
            : path.Length > 3 ? path.TrimEnd('\\') : path;
    }

    /// <summary>What keeps the text from being a drive path in normal form; null where nothing does.</summary>
    /// <param name="path">The text.</param>
    /// <param name="shortNames">True where 8.3 names may pass.</param>
    public static string? Problem(string path, bool shortNames = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return "it begins with \\\\ (a share or a device)";
        }

        if (path.Length < 3 || !char.IsAsciiLetter(path[0]) || path[1] != ':' || path[2] != '\\')
        {
            return "it does not begin with a drive, such as C:\\";
        }

        var rest = path.AsSpan(3);
        if (rest.IndexOfAny(Odd) is var odd and >= 0)
        {
            return $"it holds '{rest[odd]}'";
        }

        foreach (var letter in rest)
        {
            if (char.IsControl(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate)
            {
                return "it holds a character that can't be seen";
            }
        }

        if (rest.ContainsAny(LookAlike))
        {
            return "it holds a character that looks like a separator";
        }

        if (rest.IsEmpty)
        {
            return null;
        }

        var parts = path[3..].Split('\\');
        for (var index = 0; index < parts.Length; index++)
        {
            var part = parts[index];
            if (part.Length == 0)
            {
                if (index == parts.Length - 1)
                {
                    continue;
                }

                return "it has an empty part";
            }

            if (part is "." or ".." || part[^1] is '.' or ' ')
            {
                return "it has a part that is or ends in a dot or a blank";
            }

            if (!shortNames && part.IndexOf('~', StringComparison.Ordinal) is var tilde and >= 0 && tilde + 1 < part.Length && char.IsAsciiDigit(part[tilde + 1]))
            {
                return $"'{part}' is a short (8.3) name";
            }
        }

        return null;
    }

    /// <summary>True where the path is the folder or lies below it; compared without case.</summary>
    /// <param name="path">A path in normal form.</param>
    /// <param name="folder">A folder's path in normal form.</param>
    public static bool IsAtOrBelow(string path, string folder)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(folder);
        var stem = folder.TrimEnd('\\');
        return path.StartsWith(stem, StringComparison.OrdinalIgnoreCase) && (path.Length == stem.Length || path[stem.Length] == '\\');
    }
}
