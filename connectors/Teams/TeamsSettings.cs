using Microsoft.Extensions.Configuration;
using Responder.Sdk;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Teams;

/// <summary>The connection's settings, checked at start. Whoever knows a webhook's address can post to it: each is a secret.</summary>
/// <param name="Usual"><c>Url</c>: the webhook for whatever has none of its own; null where each must have one.</param>
/// <param name="ByName"><c>Webhooks:NAME</c>: a channel's webhook, by the name that playbooks use; <c>people</c> is the one that posts to a person.</param>
/// <param name="CaFile"><c>CaFile</c>: a PEM file with a certificate authority to trust besides the system's.</param>
/// <param name="Timeout"><c>Timeout</c>: of a call, in seconds; 30 unless said.</param>
internal sealed record TeamsSettings(Secret? Usual, IReadOnlyDictionary<string, Secret> ByName, string? CaFile, TimeSpan Timeout)
{
    public static TeamsSettings Read(IConfigurationSection settings)
    {
        settings.OnlyKnows("Url", "Webhooks", "CaFile", "Timeout");
        var named = settings.GetSection("Webhooks").GetChildren().ToDictionary(one => one.Key, Checked, StringComparer.OrdinalIgnoreCase);
        var usual = settings["Url"] is { Length: > 0 } ? Checked(settings.GetSection("Url")) : null;
        return usual is null && named.Count == 0
            ? throw new SettingsException($"{settings.Path}:Url", "is missing; it takes the address of a Workflows webhook (or name one for each channel in Webhooks).")
            : new TeamsSettings(usual, named, settings.ExistingFile("CaFile"), settings.Seconds("Timeout", 30));
    }

    /// <summary>The message holds nothing of the address: its end is the key.</summary>
    private static Secret Checked(IConfigurationSection setting) => Uri.TryCreate(setting.Value, UriKind.Absolute, out var address) && KnownHosts.Problem(address) is null
        ? new Secret(setting.Value!)
        : throw new SettingsException(setting.Path, "is no https address of a webhook.");
}
