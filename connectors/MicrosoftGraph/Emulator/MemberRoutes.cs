using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.MicrosoftGraph.Emulator;

/// <summary>What belongs to a user: groups and roles, methods, sign-ins.</summary>
internal sealed class MemberRoutes(EmulatorSite site, ODataAnswers answers)
{
    private static readonly Dictionary<string, string> Methods = new(StringComparer.Ordinal)
    {
        ["password"] = "passwordAuthenticationMethod", ["phone"] = "phoneAuthenticationMethod", ["authenticator"] = "microsoftAuthenticatorAuthenticationMethod", ["fido2"] = "fido2AuthenticationMethod",
    };

    public void Map(WebApplication app)
    {
        app.MapGet($"/{GraphEmulator.Root}/users/{{id}}/transitiveMemberOf", http => MembersAsync(http, null));
        foreach (var name in (string[])["graph", "microsoft.graph"])
        {
            app.MapGet($"/{GraphEmulator.Root}/users/{{id}}/transitiveMemberOf/{name}.group", http => MembersAsync(http, "group"));
            app.MapGet($"/{GraphEmulator.Root}/users/{{id}}/transitiveMemberOf/{name}.directoryRole", http => MembersAsync(http, "directoryRole"));
        }

        app.MapGet($"/{GraphEmulator.Root}/users/{{id}}/authentication/methods", MethodsAsync);
        app.MapGet($"/{GraphEmulator.Root}/auditLogs/signIns", SignInsAsync);
    }

    private Task MembersAsync(HttpContext http, string? type) => OfUserAsync(http, "directoryObjects", (user, company) =>
        company.Identity.GroupsOf(user).Select(name => GraphShapes.Group(name, company.Identity.Groups.GetValueOrDefault(name))).Concat(user.Roles.Select(GraphShapes.Role))
            .Where(one => type is null || (string?)one["@odata.type"] == "#microsoft.graph." + type));

    private Task MethodsAsync(HttpContext http) => OfUserAsync(http, $"users('{http.Request.RouteValues["id"]}')/authentication/methods", (user, _) => user.Mfa.Select(method => new JsonObject
    {
        ["@odata.type"] = "#microsoft.graph." + Methods.GetValueOrDefault(method, method + "AuthenticationMethod"), ["id"] = GraphShapes.IdOf($"{user.Upn}/{method}"),
    }));

    private Task SignInsAsync(HttpContext http)
    {
        if (ODataFilter.Parse(http.Request.Query["$filter"]) is not { } test)
        {
            return answers.ErrorAsync(http, 400, "BadRequest", "Invalid filter clause");
        }

        var now = site.Time.GetUtcNow();
        var found = site.Estate.Read(company => company.Identity.Users.Values.SelectMany(user => user.SignIns.Where(one => one.At <= now).Select(one => (User: user, One: one)))
            .Where(one => test(path => path switch { "userId" => [one.User.Id], "userPrincipalName" => [one.User.Upn], "createdDateTime" => [one.One.At], "ipAddress" => [one.One.Ip], "status/errorCode" => [one.One.Success ? "0" : "50126"], _ => [null] }))
            .OrderByDescending(one => one.One.At).Select(one => SignIn(one.User, one.One)).ToList());
        return answers.ListAsync(http, "auditLogs/signIns", found, size: 1000, most: 1000);
    }

    private static JsonObject SignIn(CloudUser user, Sdk.Identity.SignIn one) => new()
    {
        ["id"] = GraphShapes.IdOf(string.Create(CultureInfo.InvariantCulture, $"{user.Upn}/{one.At:O}")), ["createdDateTime"] = Json.Time(one.At), ["userDisplayName"] = user.Name, ["userPrincipalName"] = user.Upn, ["userId"] = user.Id,
        ["appDisplayName"] = one.App, ["ipAddress"] = one.Ip, ["clientAppUsed"] = "Browser", ["isInteractive"] = true, ["riskDetail"] = "none", ["riskLevelAggregated"] = one.Risk ?? "none", ["riskLevelDuringSignIn"] = one.Risk ?? "none",
        ["riskState"] = one.Risk is null or "none" ? "none" : "atRisk", ["conditionalAccessStatus"] = "notApplied",
        ["status"] = new JsonObject { ["errorCode"] = one.Success ? 0 : 50126, ["failureReason"] = one.Success ? "Other." : "Error validating credentials due to invalid username or password.", ["additionalDetails"] = one.Mfa ? "MFA completed in Azure AD" : null },
        ["location"] = new JsonObject { ["city"] = one.City, ["state"] = null, ["countryOrRegion"] = one.Country },
    };

    private Task OfUserAsync(HttpContext http, string context, Func<CloudUser, Company, IEnumerable<JsonObject>> list)
    {
        var found = site.Estate.Read(company => UserRoutes.Find(company, http.Request.RouteValues["id"]!.ToString()!) is { } user ? list(user, company).ToList() : null);
        return found is null ? UserRoutes.UnknownAsync(http, answers) : answers.ListAsync(http, context, found);
    }
}
