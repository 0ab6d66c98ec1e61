using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Responder.Sdk.Emulation;

/// <summary>A certificate for loopback, made at the start of emulators and good for a week.</summary>
public sealed class EmulatorCertificate : IDisposable
{
    private EmulatorCertificate(X509Certificate2 certificate, string pemFile) => (Certificate, PemFile) = (certificate, pemFile);

    /// <summary>With its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The file that a client names as a trusted authority.</summary>
    public string PemFile { get; }

    /// <summary>Makes one; only the certificate is written, the key stays in memory.</summary>
    /// <param name="pemFile">Where it is written.</param>
    /// <param name="now">The time, for its validity.</param>
    public static EmulatorCertificate Make(string pemFile, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Responder emulators", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var certificate = request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(7));
        File.WriteAllText(pemFile, certificate.ExportCertificatePem());
        return new EmulatorCertificate(certificate, pemFile);
    }

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();
}
