using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Responder.Sdk;

namespace Responder.Connectors.Http;

/// <summary>The connection's settings, checked at start.</summary>
/// <param name="Base"><c>BaseAddress</c>: scheme, host, port and perhaps a path; calls go there and nowhere else. Plain http on loopback only.</param>
/// <param name="Credential">The header with the credential; null without one.</param>
/// <param name="Networks"><c>Networks</c>: networks that are not public and may be reached all the same, comma-separated: <c>10.20.0.0/16</c>.</param>
/// <param name="CheckPath"><c>CheckPath</c>: what <c>connectors check</c> reads with GET; <c>/</c> unless said.</param>
/// <param name="Timeout"><c>Timeout</c>: of a call, in seconds; 30 unless said.</param>
/// <param name="RequestBytes"><c>MaxRequestBytes</c>: of a body that is sent; 1 MB unless said.</param>
/// <param name="AnswerBytes"><c>MaxAnswerBytes</c>: of a body that is read; 4 MB unless said.</param>
internal sealed record HttpSettings(
    Uri Base, CredentialHeader? Credential, IReadOnlyList<IPNetwork> Networks, string CheckPath, TimeSpan Timeout, int RequestBytes, int AnswerBytes)
{
    public static HttpSettings Read(IConfigurationSection settings)
    {
        var address = settings["BaseAddress"] is { Length: > 0 } text
            ? text
            : throw new SettingsException($"{settings.Path}:BaseAddress", "is missing; it takes the API's address, like https://api.example.com/v1.");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var root) || root.Scheme is not ("https" or "http") || root.UserInfo.Length > 0 || root.Query.Length > 0 || root.Fragment.Length > 0)
        {
            throw new SettingsException($"{settings.Path}:BaseAddress", "takes scheme, host, port and path of an API and nothing else; a credential has settings of its own.");
        }

        if (root.Scheme == "http" && !root.IsLoopback)
        {
            throw new SettingsException($"{settings.Path}:BaseAddress", $"is plain http, which is for loopback only, not '{root.Host}'.");
        }

        return new HttpSettings(
            root, CredentialHeader.Read(settings), [.. Parts(settings["Networks"]).Select(part => Network(settings, part))], settings["CheckPath"] ?? "/",
            TimeSpan.FromSeconds(Number(settings, "Timeout", 30, 600)), Number(settings, "MaxRequestBytes", 1024 * 1024, 64 * 1024 * 1024),
            Number(settings, "MaxAnswerBytes", 4 * 1024 * 1024, 64 * 1024 * 1024));
    }

    private static string[] Parts(string? text) => (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork Network(IConfigurationSection settings, string text) => IPNetwork.TryParse(text, out var network)
        ? network
        : throw new SettingsException($"{settings.Path}:Networks", $"'{text}' is no network; write it like 10.20.0.0/16 or fd00::/8.");

    private static int Number(IConfigurationSection settings, string name, int otherwise, int most) => settings[name] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most => number,
        var text => throw new SettingsException($"{settings.Path}:{name}", $"is '{text}'; it takes a whole number from 1 to {most}."),
    };
}
