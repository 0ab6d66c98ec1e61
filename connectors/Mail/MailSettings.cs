using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Responder.Sdk;
using Responder.Sdk.Mail;

namespace Responder.Connectors.Mail;

/// <summary>The connection's settings, checked at start.</summary>
/// <param name="Host"><c>Host</c>: the submission server.</param>
/// <param name="Port"><c>Port</c>: 587 unless said; 465 where <c>Security</c> is <c>tls</c>.</param>
/// <param name="Security"><c>Security</c>: <c>starttls</c> (required, the default), <c>tls</c> from the first byte, or <c>none</c>, on loopback only.</param>
/// <param name="User"><c>User</c> and <c>Password</c>: the credential; none where the server takes mail from this host without one.</param>
/// <param name="Password">See <paramref name="User"/>.</param>
/// <param name="From"><c>From</c>: the sender's address; replies come there.</param>
/// <param name="FromName"><c>FromName</c>: the sender's name.</param>
/// <param name="Domains"><c>RecipientDomains</c>: where set, mail goes to these domains only (comma-separated).</param>
/// <param name="TrustedRoots"><c>CaFile</c>: a PEM file of roots to trust in place of the system's, for a server with a certificate of the company's own.</param>
/// <param name="Timeout"><c>Timeout</c>: of each step of the talk with the server, in seconds; 30 unless said.</param>
internal sealed record MailSettings(
    string Host, int Port, SecureSocketOptions Security, string? User, Secret? Password, string From, string FromName, IReadOnlyList<string> Domains,
    X509Certificate2Collection? TrustedRoots, TimeSpan Timeout)
{
    public static MailSettings Read(IConfigurationSection settings)
    {
        var host = Needed(settings, "Host", "names the SMTP server that takes our mail");
        var security = (settings["Security"] ?? "starttls").ToLowerInvariant() switch
        {
            "starttls" => SecureSocketOptions.StartTls,
            "tls" => SecureSocketOptions.SslOnConnect,
            "none" when IsLoopback(host) => SecureSocketOptions.None,
            "none" => throw new SettingsException($"{settings.Path}:Security", $"is none, which is for a server on loopback only, not '{host}': a password and the text of a case would go in the clear."),
            var other => throw new SettingsException($"{settings.Path}:Security", $"is '{other}'; it takes starttls, tls or, on loopback, none."),
        };
        var from = Needed(settings, "From", "is the sender's address");
        try
        {
            MailAddresses.Check(from);
        }
        catch (ActionFailure failure)
        {
            throw new SettingsException($"{settings.Path}:From", failure.Message);
        }

        var (user, password) = (settings["User"], settings["Password"]);
        if (string.IsNullOrEmpty(user) != string.IsNullOrEmpty(password))
        {
            throw new SettingsException($"{settings.Path}:{(string.IsNullOrEmpty(user) ? "User" : "Password")}", "is missing; User and Password go together.");
        }

        return new MailSettings(
            host, Number(settings, "Port", security == SecureSocketOptions.SslOnConnect ? 465 : 587, 65_535), security,
            string.IsNullOrEmpty(user) ? null : user, string.IsNullOrEmpty(password) ? null : new Secret(password), from, settings["FromName"] ?? "Responder",
            [.. (settings["RecipientDomains"] ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            Roots(settings), TimeSpan.FromSeconds(Number(settings, "Timeout", 30, 600)));
    }

    /// <summary>Refuses an address that no mail may go to.</summary>
    public void CheckRecipient(string address)
    {
        MailAddresses.Check(address);
        if (Domains.Count > 0 && !Domains.Contains(address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..], StringComparer.OrdinalIgnoreCase))
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{address}' is in none of the domains that this connection may write to ({string.Join(", ", Domains)}; the setting RecipientDomains).");
        }
    }

    private static bool IsLoopback(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static string Needed(IConfigurationSection settings, string name, string what) =>
        settings[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : throw new SettingsException($"{settings.Path}:{name}", $"is missing; it {what}.");

    private static int Number(IConfigurationSection settings, string name, int otherwise, int most) => settings[name] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most => number,
        var text => throw new SettingsException($"{settings.Path}:{name}", $"is '{text}'; it takes a whole number from 1 to {most}."),
    };

    private static X509Certificate2Collection? Roots(IConfigurationSection settings)
    {
        if (settings["CaFile"] is not { Length: > 0 } file)
        {
            return null;
        }

        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(file);
            return roots.Count > 0 ? roots : throw new SettingsException($"{settings.Path}:CaFile", $"the file '{file}' holds no certificate.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingsException($"{settings.Path}:CaFile", $"the file '{file}' can't be read: {exception.Message}");
        }
    }
}
