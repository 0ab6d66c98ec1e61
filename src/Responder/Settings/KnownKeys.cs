using Responder.Cli.Settings.Vault;

namespace Responder.Cli.Settings;

/// <summary>The settings file's keys at its top. One that means nothing is refused: <c>Conections</c> would otherwise leave the program on mocks, and nobody told.</summary>
internal static class KnownKeys
{
    private static readonly string[] Top = ["Connections", "Capabilities", "PublicAddress", "SecretsFolder", VaultSettings.Section, "Intake", "Feeds", "WriteBack", "Keys", "Policy", "SignIn", "Store", "Cluster", "Audit", "Approvals", "Publishing", "Retention"];

    /// <summary>Keys below which a key vault may hold secrets: all but those that say where secrets are.</summary>
    public static IReadOnlyCollection<string> WithSecrets { get; } = [.. Top.Except(["Capabilities", "SecretsFolder", VaultSettings.Section])];

    public static void Check(IConfiguration file, string path)
    {
        if (file.GetChildren().FirstOrDefault(child => !Top.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new BadInputException($"{path}: {unknown.Key} is no setting; there are {string.Join(", ", Top)}.");
        }
    }
}
