using System.Net;
using System.Text.RegularExpressions;

namespace Responder.Engine.Alerts;

/// <summary>What kind of value an indicator is, by its form, where the sender does not say.</summary>
internal static partial class IndicatorType
{
    public static string Of(string value) => value switch
    {
        { Length: 64 } when Hex().IsMatch(value) => "sha256",
        { Length: 40 } when Hex().IsMatch(value) => "sha1",
        { Length: 32 } when Hex().IsMatch(value) => "md5",
        _ when value.Contains("://", StringComparison.Ordinal) => "url",
        _ when (value.Contains('.') || value.Contains(':')) && IPAddress.TryParse(value, out _) => "ip",
        _ when value.Contains('\\') || value.StartsWith('/') => "file",
        _ when Mail().IsMatch(value) => "email",
        _ when Domain().IsMatch(value) => "domain",
        _ => "other",
    };

    [GeneratedRegex("^[0-9A-Fa-f]+$")]
    private static partial Regex Hex();

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\.[^\s@]+$")]
    private static partial Regex Mail();

    [GeneratedRegex(@"^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}\.)+[A-Za-z]{2,63}$")]
    private static partial Regex Domain();
}
