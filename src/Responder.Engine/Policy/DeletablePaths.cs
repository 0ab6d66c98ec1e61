using System.Globalization;

namespace Responder.Engine.Policy;

/// <summary>
/// Folders and files that may be deleted, by text alone; the host must agree as well (the connector resolves the path in the script that deletes).
/// The text must be a drive path in normal form, so that what policy reads is what Windows does.
/// </summary>
internal sealed class DeletablePaths(IReadOnlyList<string> allowed)
{
    private static readonly string[] Lead = ["lead"];

    private static readonly string[] Never =
    [
        @"?:", @"?:\Windows", @"?:\Windows\System32", @"?:\Windows\SysWOW64", @"?:\Windows\WinSxS", @"?:\Windows\Temp", @"?:\Users", @"?:\Users\Public", @"?:\Users\Default",
        @"?:\Program Files", @"?:\Program Files (x86)", @"?:\ProgramData", @"?:\Boot", @"?:\Recovery", @"?:\System Volume Information", @"?:\$Recycle.Bin", @"?:\Temp",
    ];

    private static readonly string[] NeverBelow = [@"?:\Windows\System32", @"?:\Windows\SysWOW64", @"?:\Windows\WinSxS", @"?:\Boot", @"?:\Recovery", @"?:\System Volume Information"];

    /// <summary>Null where the path may be deleted with the ordinary approval.</summary>
    public PolicyFinding? Find(string path)
    {
        if (Malformed(path) is { } why)
        {
            return new PolicyFinding("deletable", PolicyVerdict.Refuse, $"'{Show(path)}' is not deleted: {why}.");
        }

        var parts = path.TrimEnd('\\').Split('\\');
        if (Never.Any(one => Same(one, parts)) || NeverBelow.Any(one => Below(one, parts)))
        {
            return new PolicyFinding("deletable", PolicyVerdict.Refuse, $"'{Show(path)}' is never deleted: the system or every user needs it.");
        }

        return allowed.Any(one => Below(one[..^2], parts))
            ? null
            : new PolicyFinding("deletable", PolicyVerdict.RequireApproval, $"'{Show(path)}' is outside the folders that may be deleted ({string.Join(", ", allowed)}); a lead must approve it.", Lead);
    }

    /// <summary>What keeps a text from being a drive path in normal form; null where it is one.</summary>
    public static string? Malformed(string path)
    {
        if (path.Length is 0 or > 32_000)
        {
            return "it is empty or too long";
        }

        if (path.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return "it is a network or device path";
        }

        if (path.Length < 3 || !char.IsAsciiLetter(path[0]) || path[1] != ':' || path[2] != '\\')
        {
            return @"it does not begin with a drive, as in C:\Temp\x";
        }

        foreach (var sign in path)
        {
            if (sign < 0x20 || sign is '/' or '%' or '*' or '?' or '"' or '<' or '>' or '|' || char.IsControl(sign))
            {
                return $"it holds the character U+{(int)sign:X4}";
            }

            if (sign > 0x7e && LooksAlike(sign))
            {
                return $"it holds the look-alike or invisible character U+{(int)sign:X4}";
            }
        }

        if (path.IndexOf(':', 2) >= 0)
        {
            return "it holds a colon past the drive (an alternate stream)";
        }

        foreach (var part in path[3..].TrimEnd('\\').Split('\\'))
        {
            if (Part(part, path) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    private static string? Part(string part, string path) => part switch
    {
        "" when path.TrimEnd('\\').Length > 2 => "it holds an empty part",
        "" => null,
        "." or ".." => "it holds '.' or '..'",
        _ when part[^1] is '.' or ' ' || part[0] == ' ' => "a part of it begins or ends with a blank, or ends with a dot",
        _ when HasShortName(part) => "a part of it looks like a short name (~ and a digit)",
        _ when IsDevice(part) => $"'{part}' is a device's name",
        _ => null,
    };

    private static bool HasShortName(string part)
    {
        for (var at = part.IndexOf('~', StringComparison.Ordinal); at >= 0; at = part.IndexOf('~', at + 1))
        {
            if (at + 1 < part.Length && char.IsDigit(part[at + 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDevice(string part)
    {
        var stem = part.Split('.')[0].TrimEnd().ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && char.IsDigit(stem[3]));
    }

    private static bool LooksAlike(char sign) =>
        sign is '\u2215' or '\u2044' or '\u29F8' or '\u29F5' or '\u2216' or '\uFE68' or '\uFF3C' or '\uFF0F' or '\uFF1A' or '\u02D0' or '\uA789' or '\u2024' or '\u2025' or '\u2026' or '\uFF0E' or '\uFF5E' or '\u223C'
        || char.GetUnicodeCategory(sign) is UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        || sign is >= '\uFF01' and <= '\uFF5E';

    private static bool Same(string pattern, string[] parts)
    {
        var wanted = pattern.Split('\\');
        return wanted.Length == parts.Length && Starts(wanted, parts);
    }

    private static bool Below(string pattern, string[] parts)
    {
        var wanted = pattern.Split('\\');
        return parts.Length > wanted.Length && Starts(wanted, parts);
    }

    private static bool Starts(string[] wanted, string[] parts) =>
        wanted.Zip(parts).All(pair => pair.First is "*" or "?:" || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));

    // The text is hostile: what can't be seen must not reach a log, a page or a terminal.
    private static string Show(string path)
    {
        var seen = string.Concat(path.Take(120).Select(sign => char.IsControl(sign) || char.IsSurrogate(sign) || char.GetUnicodeCategory(sign) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\uFFFD' : sign));
        return path.Length <= 120 ? seen : seen + "…";
    }
}
