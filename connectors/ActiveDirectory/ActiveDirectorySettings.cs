using System.Globalization;
using Microsoft.Extensions.Configuration;
using Responder.Sdk;

namespace Responder.Connectors.ActiveDirectory;

/// <summary>A connection's settings, checked at start. README.md says what each takes.</summary>
internal sealed record ActiveDirectorySettings
{
    private static readonly string[] Known = ["Connector", "Url", "User", "Password", "BaseDn", "CaFile", "CaFolder", "Timeout", "Connections", "Tags", "PrivilegedGroups"];

    public required Uri Url { get; init; }

    /// <summary>A user principal name, DOMAIN\name or distinguished name.</summary>
    public required string User { get; init; }

    public required Secret Password { get; init; }

    /// <summary>Where accounts are looked for; the whole domain where null.</summary>
    public string? BaseDn { get; init; }

    public string? CaFile { get; init; }

    public string? CaFolder { get; init; }

    public TimeSpan Timeout { get; init; }

    public int Connections { get; init; }

    /// <summary>A tag to the distinguished names of folders and groups whose accounts carry it.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; }

    /// <summary>Names of the company's own groups that give administrative rights.</summary>
    public required IReadOnlyList<string> PrivilegedGroups { get; init; }

    public int Port => Url.IsDefaultPort || Url.Port < 0 ? 636 : Url.Port;

    public static ActiveDirectorySettings Read(IConfigurationSection settings)
    {
        foreach (var child in settings.GetChildren().Where(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            throw new SettingsException(child.Path, $"is no setting of the Active Directory connector; it has {string.Join(", ", Known[1..])}.");
        }

        return new ActiveDirectorySettings
        {
            Url = Address(settings),
            User = Text(settings, "User", "the service account, such as svc-responder@company.com"),

            // Active Directory takes a bind with a name and no password as a stranger's, and calls it a success.
            Password = new Secret(Text(settings, "Password", "the service account's password")),
            BaseDn = settings["BaseDn"] is { Length: > 0 } dn ? dn : null,
            CaFile = Existing(settings, "CaFile", File.Exists),
            CaFolder = Existing(settings, "CaFolder", System.IO.Directory.Exists),
            Timeout = TimeSpan.FromSeconds(Number(settings, "Timeout", 20, 1, 600)),
            Connections = Number(settings, "Connections", 4, 1, 64),
            Tags = settings.GetSection("Tags").GetChildren().ToDictionary(tag => tag.Key, List),
            PrivilegedGroups = List(settings.GetSection("PrivilegedGroups")),
        };
    }

    private static Uri Address(IConfigurationSection settings)
    {
        var text = Text(settings, "Url", "a domain controller's address, such as ldaps://dc01.company.com");
        return !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 ? throw new SettingsException($"{settings.Path}:Url", $"'{text}' is not an address; it takes one such as ldaps://dc01.company.com.")
            : url.UserInfo.Length > 0 ? throw new SettingsException($"{settings.Path}:Url", "holds a user name; User and Password are settings of their own.")
            : url.Scheme == "ldaps" ? url
            : throw new SettingsException($"{settings.Path}:Url", $"begins with {url.Scheme}://. Only ldaps:// is used: a domain controller sets no password over a connection that is not encrypted, and ours would be readable.");
    }

    private static string Text(IConfigurationSection settings, string name, string takes) =>
        string.IsNullOrWhiteSpace(settings[name]) ? throw new SettingsException($"{settings.Path}:{name}", $"is missing; it takes {takes}.") : settings[name]!;

    private static string? Existing(IConfigurationSection settings, string name, Func<string, bool> exists) => settings[name] is not { Length: > 0 } path ? null
        : OperatingSystem.IsWindows() ? throw new SettingsException($"{settings.Path}:{name}", "is not used on Windows; put the authority into the machine's store of trusted roots.")
        : exists(path) ? Path.GetFullPath(path)
        : throw new SettingsException($"{settings.Path}:{name}", $"names '{path}', which is not there.");

    private static int Number(IConfigurationSection settings, string name, int otherwise, int least, int most) => settings[name] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SettingsException($"{settings.Path}:{name}", $"is '{text}'; it takes a number from {least} to {most}.");

    private static IReadOnlyList<string> List(IConfigurationSection section) =>
        [.. section.GetChildren().Select(one => one.Value).Append(section.Value).OfType<string>().Where(one => one.Length > 0)];
}
