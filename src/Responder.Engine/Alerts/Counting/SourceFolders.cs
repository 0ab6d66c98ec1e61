using System.Text.RegularExpressions;

namespace Responder.Engine.Alerts;

/// <summary>Where a copying command takes its files from, as far as its command line says so.</summary>
internal static partial class SourceFolders
{
    public static IEnumerable<string> Of(string? cmdLine)
    {
        if (cmdLine is null || cmdLine.Length > 8_192)
        {
            return [];
        }

        try
        {
            return Sources().Matches(cmdLine).Select(match => match.Groups["from"].Value.Trim('"')).Distinct(StringComparer.OrdinalIgnoreCase).Take(20).ToList();
        }
        catch (RegexMatchTimeoutException)
        {
            return [];
        }
    }

    [GeneratedRegex("""(?:\bfor\s+/r\s+|\b(?:xcopy|robocopy)(?:\.exe)?"?\s+)(?<from>"[^"]+"|[^\s"%]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Sources();
}
