using System.Text.RegularExpressions;

namespace Responder.Engine.Reports.Words;

/// <summary>Makes addresses in prose unclickable: <c>hxxps://evil[.]example</c>. Exact values stand in code blocks and in JSON.</summary>
/// <param name="ownDomains">The company's own mail domains, which are nobody's indicator and stay readable.</param>
internal sealed partial class Defang(IReadOnlySet<string> ownDomains)
{
    /// <summary>Everything in a text that a reader or a program could take for a link.</summary>
    public string Text(string text)
    {
        if (!text.Contains('.', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal))
        {
            return text;
        }

        text = Urls().Replace(text, match => Scheme(match.Groups["scheme"].Value) + match.Groups["host"].Value.Replace(".", "[.]", StringComparison.Ordinal));
        text = Addresses().Replace(text, match => IsPublic(match.Value) ? match.Value.Replace(".", "[.]", StringComparison.Ordinal) : match.Value);
        return Domains().Replace(text, match => IsOwn(match.Value) ? match.Value : match.Value.Replace(".", "[.]", StringComparison.Ordinal));
    }

    /// <summary>A value that is known to be an address, a domain, a URL or a mail address, whatever it looks like.</summary>
    public static string Value(string value)
    {
        value = Scheme(value);
        return value.Contains('.', StringComparison.Ordinal)
            ? value.Replace(".", "[.]", StringComparison.Ordinal)
            : value.Replace(":", "[:]", StringComparison.Ordinal);
    }

    private static string Scheme(string text) =>
        text.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? string.Concat("hxxp", text.AsSpan(4))
        : text.StartsWith("ftp", StringComparison.OrdinalIgnoreCase) ? string.Concat("fxp", text.AsSpan(3))
        : text;

    private static bool IsPublic(string address) =>
        System.Net.IPAddress.TryParse(address, out var parsed) && parsed.GetAddressBytes() is [var first, var second, _, _]
        && !(first is 0 or 10 or 127 || (first == 192 && second == 168) || (first == 172 && second is >= 16 and <= 31) || (first == 169 && second == 254));

    // What begins with www is made a link by readers, whoever owns it.
    private bool IsOwn(string domain) =>
        !domain.StartsWith("www.", StringComparison.OrdinalIgnoreCase) && (ownDomains.Contains(domain) || ownDomains.Any(own => domain.EndsWith("." + own, StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex("""(?<scheme>\b(?:https?|ftps?)://)(?<host>[^\s/?#"'<>\\]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Urls();

    [GeneratedRegex(@"(?<![\w.\[])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.\[]*\d)")]
    private static partial Regex Addresses();

    // Endings that are not file extensions too; a domain of another ending is defanged where the alert names it as an indicator or in a URL.
    [GeneratedRegex(
        @"(?<![\w\\.\[\]-])(?:[a-z0-9](?:[a-z0-9-]*)\.)+(?:com|net|org|info|biz|ru|cn|top|xyz|site|online|club|tk|pw|su|ir|onion|dev|io|co|me|de|fr|nl|eu|uk|us|ca|au|jp|br|example|test|invalid)(?![\w-])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Domains();
}
