using Microsoft.Extensions.Configuration;
using Responder.Sdk;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Jira;

/// <summary>The connection's settings, checked at start.</summary>
/// <param name="Url"><c>Url</c>: the site, with the context path of a Data Center that has one.</param>
/// <param name="Cloud"><c>Deployment</c>: <c>cloud</c> or <c>data_center</c>; where it is not said, a site with an <c>Email</c> is Cloud.</param>
/// <param name="Auth">Cloud: <c>Email</c> and <c>ApiToken</c>. Data Center: <c>Token</c> (a personal access token), or <c>User</c> and <c>Password</c>.</param>
/// <param name="CaFile"><c>CaFile</c>: a PEM file with a certificate authority of the company's own.</param>
/// <param name="Feed"><c>Feed</c>: JQL of the tickets that are fetched as alerts; all that the account sees where it is not said.</param>
/// <param name="Timeout"><c>Timeout</c>: of a call, in seconds; 30 unless said.</param>
internal sealed record JiraSettings(Uri Url, bool Cloud, IRestAuth Auth, string? CaFile, string? Feed, TimeSpan Timeout)
{
    public static JiraSettings Read(IConfigurationSection settings)
    {
        settings.OnlyKnows("Url", "Deployment", "Email", "ApiToken", "Token", "User", "Password", "CaFile", "Feed", "Timeout");
        var cloud = settings["Deployment"] switch
        {
            null or "" => !string.IsNullOrEmpty(settings["Email"]),
            "cloud" => true,
            "data_center" => false,
            var other => throw new SettingsException($"{settings.Path}:Deployment", $"is '{other}'; it takes cloud or data_center."),
        };
        return new JiraSettings(settings.Address("Url"), cloud, Credential(settings, cloud), settings.ExistingFile("CaFile"), Query(settings), settings.Seconds("Timeout", 30));
    }

    private static string? Query(IConfigurationSection settings) => settings["Feed"] is not { Length: > 0 } jql ? null
        : jql.Contains("order by", StringComparison.OrdinalIgnoreCase) ? throw new SettingsException($"{settings.Path}:Feed", "has an order of its own; leave ORDER BY out, the feed sets it.")
        : jql;

    private static FixedAuth Credential(IConfigurationSection settings, bool cloud) =>
        cloud ? FixedAuth.Basic(settings.Required("Email", "the mail address of the account that the API token is of"), settings.RequiredSecret("ApiToken", "an API token of that account"))
        : string.IsNullOrEmpty(settings["User"]) ? FixedAuth.Bearer(settings.RequiredSecret("Token", "a personal access token (or give User and Password)"))
        : FixedAuth.Basic(settings["User"]!, settings.RequiredSecret("Password", "the password of User"));
}
