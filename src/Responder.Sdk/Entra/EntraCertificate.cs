using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Responder.Sdk.Entra;

/// <summary>The certificate of a credential, with its key. Read anew for each token, so that a renewed file is taken without a restart.</summary>
internal static class EntraCertificate
{
    public static X509Certificate2 Load(EntraSettings settings)
    {
        var file = settings.CertificateFile!;
        try
        {
            var text = File.ReadAllText(file);
            var certificate = text.Contains("-----BEGIN", StringComparison.Ordinal)
                ? settings.CertificatePassword is { } password ? X509Certificate2.CreateFromEncryptedPem(text, text, password.Reveal()) : X509Certificate2.CreateFromPem(text, text)
                : X509CertificateLoader.LoadPkcs12FromFile(file, settings.CertificatePassword?.Reveal());
            return certificate.HasPrivateKey ? certificate : throw new ActionFailure(FailureKind.Unauthorized, $"{file} holds no private key. Put certificate and key into the one file.");
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ActionFailure(FailureKind.Unauthorized, $"{file} can't be read as a certificate with its key (PEM or PFX): {exception.Message}", exception);
        }
    }
}
