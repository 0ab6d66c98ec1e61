using Microsoft.Extensions.Configuration;
using Responder.Sdk.Rest;

namespace Responder.Sdk.Entra;

/// <summary>How an application signs in to Entra ID: by secret, by certificate, or as a managed identity of Azure.</summary>
/// <param name="Tenant">The directory's id.</param>
/// <param name="ClientId">The application's id; of a user-assigned managed identity its client id; null for the system-assigned one.</param>
/// <param name="Secret">The client secret.</param>
/// <param name="CertificateFile">A PEM or PFX file with certificate and key.</param>
/// <param name="CertificatePassword">The password of the PFX file.</param>
/// <param name="ManagedIdentity">True where the machine itself is the credential.</param>
/// <param name="Authority">Where the sign-in is.</param>
/// <param name="CaFile">A certificate authority to trust besides the system's.</param>
public sealed record EntraSettings(
    string? Tenant, string? ClientId, Secret? Secret, string? CertificateFile, Secret? CertificatePassword, bool ManagedIdentity, Uri Authority, string? CaFile)
{
    /// <summary>The settings of a connection that belong to the sign-in.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["TenantId", "ClientId", "ClientSecret", "CertificateFile", "CertificatePassword", "ManagedIdentity", "AuthorityUrl", "CaFile"];

    /// <summary>Reads them.</summary>
    /// <param name="settings">The connection's section.</param>
    /// <param name="authority">The sign-in of the connection's cloud.</param>
    /// <exception cref="SettingsException">One is missing or wrong, or there is more than one credential.</exception>
    public static EntraSettings Read(IConfigurationSection settings, string authority)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var identity = settings.Flag("ManagedIdentity", false);
        var secret = settings["ClientSecret"] is { Length: > 0 };
        var certificate = settings.ExistingFile("CertificateFile");
        var credentials = new[] { identity, secret, certificate is not null }.Count(one => one);
        if (credentials != 1)
        {
            throw new SettingsException(
                $"{settings.Path}:ClientSecret",
                credentials == 0 ? "is missing; the connection takes one of ClientSecret, CertificateFile, or ManagedIdentity: true." : "is not the only credential; the connection takes one of ClientSecret, CertificateFile, ManagedIdentity.");
        }

        return new EntraSettings(
            identity ? settings["TenantId"] : settings.Required("TenantId", "the directory (tenant) id of the app registration"),
            identity ? settings["ClientId"] : settings.Required("ClientId", "the application (client) id of the app registration"),
            secret ? settings.RequiredSecret("ClientSecret", "the client secret's value") : null,
            certificate,
            settings["CertificatePassword"] is { Length: > 0 } password ? new Secret(password) : null,
            identity,
            settings.Address("AuthorityUrl", authority),
            settings.ExistingFile("CaFile"));
    }
}
