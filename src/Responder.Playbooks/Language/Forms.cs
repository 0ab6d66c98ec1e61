using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Responder.Playbooks.Language;

/// <summary>The checked forms of text: what an input, a field of a gate's form, or a field of an action may say it is.</summary>
public static partial class Forms
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["hostname", "email", "ip", "sha256", "windows_path", "time", "duration"];

    /// <summary>True where the text has the form.</summary>
    /// <param name="form">Its name.</param>
    /// <param name="text">The text.</param>
    public static bool Fits(string form, string text) => form switch
    {
        "hostname" => text.Length <= 253 && Hostname().IsMatch(text),
        "email" => text.Length <= 254 && Email().IsMatch(text),
        "ip" => IsIp(text),
        "sha256" => Sha256().IsMatch(text),
        "windows_path" => text.Length <= 32767 && WindowsPath().IsMatch(text),
        "time" => Time().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "duration" => Durations.TryParse(text, out _),
        _ => true,
    };

    /// <summary>What the form looks like, for messages.</summary>
    /// <param name="form">Its name.</param>
    public static string Describe(string form) => form switch
    {
        "hostname" => "a host name: ENG-WS-045 or eng-ws-045.company.com",
        "email" => "an address: alexchen@company.com",
        "ip" => "an IP address: 10.1.2.3 or 2001:db8::1",
        "sha256" => "64 hex digits",
        "windows_path" => @"an absolute Windows path: C:\temp\staging",
        "time" => "a time with its offset, RFC 3339: 2024-02-28T19:15:33Z",
        "duration" => Durations.Form,
        _ => form,
    };

    /// <summary>A regular expression for editors, which is as exact as one can be; null where there is none.</summary>
    /// <param name="form">Its name.</param>
    internal static string? Pattern(string form) => form switch
    {
        "hostname" => HostnamePattern,
        "email" => EmailPattern,
        "sha256" => Sha256Pattern,
        "windows_path" => WindowsPathPattern,
        "time" => TimePattern,
        "duration" => DurationPattern,
        _ => null,
    };

    // A label may hold an underscore: Windows hosts' names do.
    private const string HostnamePattern = @"^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*$";
    private const string EmailPattern = @"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$";
    private const string Sha256Pattern = @"^[0-9A-Fa-f]{64}$";

    // A share's path has the form, too: whether one may act on it is policy's business.
    private const string WindowsPathPattern = @"^([A-Za-z]:[\\/]|\\\\[^\\/<>:""|?*\u0000-\u001f]+\\)[^<>:""|?*\u0000-\u001f]*$";
    private const string TimePattern = @"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$";
    private const string DurationPattern = "^[0-9]+[smhd]$";

    private static bool IsIp(string text) =>
        IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetwork
            ? address.ToString() == text
            : !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal));

    [GeneratedRegex(HostnamePattern + @"(?!\n)", RegexOptions.CultureInvariant)]
    private static partial Regex Hostname();

    [GeneratedRegex(EmailPattern + @"(?!\n)", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(Sha256Pattern + @"(?!\n)", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256();

    [GeneratedRegex(WindowsPathPattern + @"(?!\n)", RegexOptions.CultureInvariant)]
    private static partial Regex WindowsPath();

    [GeneratedRegex(TimePattern + @"(?!\n)", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex Time();
}
