using System.DirectoryServices.Protocols;

namespace Responder.Connectors.ActiveDirectory.Ldap;

/// <summary>Makes a connection trust the company's own authority. The name in the certificate is checked in any case.</summary>
internal static class Trust
{
    /// <summary>The folder that libldap is to read; null where the machine's own store is used.</summary>
    public static string? FolderOf(ActiveDirectorySettings settings, string dataFolder)
    {
        if (settings.CaFile is null)
        {
            return settings.CaFolder;
        }

        // libldap takes one file only for the whole process; a folder can be given to a connection.
        var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(settings.CaFile)))[..16];
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(dataFolder, "ldap-trust", name)).FullName;
        File.Copy(settings.CaFile, Path.Combine(folder, "ca.pem"), overwrite: true);
        return folder;
    }

    public static void Apply(LdapConnection connection, string? folder)
    {
        // VerifyServerCertificate is not set on purpose: its setter throws on Linux, and switching the check off is no option.
        if (folder is not null && !OperatingSystem.IsWindows())
        {
            connection.SessionOptions.TrustedCertificatesDirectory = folder;
            connection.SessionOptions.StartNewTlsSessionContext();
        }
    }
}
