using System.Text.Json.Nodes;
using Responder.Sdk;
using Responder.Sdk.Estate;

namespace Responder.Connectors.MicrosoftGraph.Emulator;

/// <summary>The estate's users in Graph's shapes.</summary>
internal static class GraphShapes
{
    private static readonly string[] Usual = ["businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage", "surname", "userPrincipalName", "id"];

    /// <summary>A user: the usual fields, or all of them where the caller selects.</summary>
    public static JsonObject User(CloudUser user, Company company, bool selected, bool manager = false)
    {
        var names = user.Name.Split(' ', 2);
        var made = new JsonObject
        {
            ["businessPhones"] = new JsonArray(), ["displayName"] = user.Name, ["givenName"] = names[0], ["jobTitle"] = user.Title, ["mail"] = user.Upn, ["mobilePhone"] = null, ["officeLocation"] = null,
            ["preferredLanguage"] = null, ["surname"] = names.Length > 1 ? names[1] : null, ["userPrincipalName"] = user.Upn, ["id"] = user.Id,
            ["accountEnabled"] = user.Enabled, ["department"] = user.Department, ["userType"] = "Member",
            ["onPremisesSyncEnabled"] = user.OnPremisesSynced ? true : null, ["onPremisesSamAccountName"] = user.OnPremisesSynced ? user.Account : null,
            ["onPremisesDistinguishedName"] = user is { OnPremisesSynced: true, Account: { } account } && company.Directory.Users.TryGetValue(account, out var there) ? there.Dn : null,
            ["signInSessionsValidFromDateTime"] = Json.Time(user.SessionsValidFrom ?? Joined), ["lastPasswordChangeDateTime"] = Json.Time(user.PasswordSetAt ?? Joined), ["createdDateTime"] = Json.Time(Joined),
        };
        if (!selected)
        {
            foreach (var name in made.Select(field => field.Key).Except(Usual).ToList())
            {
                made.Remove(name);
            }
        }

        if (manager && user.Manager is { } upn && company.Identity.Users.TryGetValue(upn, out var above))
        {
            made["manager"] = new JsonObject { ["@odata.type"] = "#microsoft.graph.user", ["id"] = above.Id, ["mail"] = above.Upn, ["userPrincipalName"] = above.Upn };
        }

        return made;
    }

    /// <summary>What a filter reads of a user.</summary>
    public static IEnumerable<object?> Field(CloudUser user, string path) => path switch
    {
        "id" => [user.Id],
        "userPrincipalName" or "mail" => [user.Upn],
        "displayName" => [user.Name],
        "accountEnabled" => [user.Enabled],
        "department" => [user.Department],
        "jobTitle" => [user.Title],
        "onPremisesSamAccountName" => [user.OnPremisesSynced ? user.Account : null],
        "proxyAddresses" => ["SMTP:" + user.Upn],
        _ => throw new FormatException(path),
    };

    public static JsonObject Group(string name, AccountGroup? group) => new()
    {
        ["@odata.type"] = "#microsoft.graph.group", ["id"] = group?.Id ?? name, ["displayName"] = name, ["isAssignableToRole"] = group?.Privileged == true ? true : null, ["securityEnabled"] = true, ["mailEnabled"] = false, ["groupTypes"] = new JsonArray(),
    };

    public static JsonObject Role(string name) => new() { ["@odata.type"] = "#microsoft.graph.directoryRole", ["id"] = IdOf(name), ["displayName"] = name, ["roleTemplateId"] = IdOf(name) };

    public static string IdOf(string name) => new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString();

    private static DateTimeOffset Joined { get; } = new(2021, 1, 13, 9, 0, 0, TimeSpan.Zero);
}
