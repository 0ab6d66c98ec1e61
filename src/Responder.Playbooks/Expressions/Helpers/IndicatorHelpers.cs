using System.Text.RegularExpressions;

namespace Responder.Playbooks.Expressions;

/// <summary><c>defang</c>, <c>domain_of</c>.</summary>
internal static partial class IndicatorHelpers
{
    /// <summary>Makes addresses in a text unclickable: <c>hxxps://evil[.]example</c>, <c>user[@]evil[.]example</c>. What is so already stays.</summary>
    public static string Defang(string text)
    {
        var safe = Scheme().Replace(text, match => match.Groups[1].Value.ToUpperInvariant() is "HTTP" or "HTTPS"
            ? "hxxp" + match.Groups[1].Value[4..] + "://"
            : "fxp" + match.Groups[1].Value[3..] + "://");
        return At().Replace(Dot().Replace(safe, "[.]"), "[@]");
    }

    /// <summary>The domain of a mail address, the host of a URL, the domain of <c>DOMAIN\user</c>, or a host name itself, in lower case; null where there is none.</summary>
    public static string? DomainOf(string text)
    {
        var host = text.Trim();
        if (host.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0)
        {
            host = host[(scheme + 3)..];
            host = host[..Cut(host, "/?#\\")];
            host = host[(host.LastIndexOf('@') + 1)..];
            host = host.StartsWith('[') ? host[..Math.Min(host.Length, host.IndexOf(']', StringComparison.Ordinal) + 1)] : host[..Cut(host, ":")];
        }
        else if (host.LastIndexOf('@') is var at and >= 0)
        {
            host = host[(at + 1)..];
        }
        else if (host.IndexOf('\\', StringComparison.Ordinal) is var slash and >= 0)
        {
            host = host[..slash];
        }
        else
        {
            host = host[..Cut(host, "/?#")];
        }

        host = host.Trim().TrimEnd('.').ToLowerInvariant();
        return host.Length == 0 ? null : host;
    }

    private static int Cut(string text, string ends) => text.AsSpan().IndexOfAny(ends) is var at and >= 0 ? at : text.Length;

    [GeneratedRegex(@"\b(https?|ftps?)://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(?<=[\w\-\]])\.(?=[\w\-\[])", RegexOptions.CultureInvariant)]
    private static partial Regex Dot();

    [GeneratedRegex(@"(?<=[\w\-.+\]])@(?=[\w\-\[])", RegexOptions.CultureInvariant)]
    private static partial Regex At();
}
