using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.MicrosoftGraph.Emulator;

/// <summary>Users: list, read, enable and disable, password, sessions.</summary>
internal sealed class UserRoutes(EmulatorSite site, ODataAnswers answers, Func<bool> actsOnAdministrators, IReadOnlySet<string> roles)
{
    private static readonly string[] Advanced = ["onPremisesSamAccountName", "endswith", "$search"];

    public void Map(WebApplication app)
    {
        app.MapGet($"/{GraphEmulator.Root}/users", ListAsync);
        app.MapGet($"/{GraphEmulator.Root}/users/{{id}}", GetAsync);
        app.MapGet($"/{GraphEmulator.Root}/users/{{id}}/manager", ManagerAsync);
        app.MapPatch($"/{GraphEmulator.Root}/users/{{id}}", PatchAsync);
        app.MapPost($"/{GraphEmulator.Root}/users/{{id}}/revokeSignInSessions", RevokeAsync);
        app.MapPost($"/{GraphEmulator.Root}/users/{{id}}/microsoft.graph.revokeSignInSessions", RevokeAsync);
    }

    /// <summary>A user by id or user principal name; null where there is none. An account name is neither.</summary>
    public static CloudUser? Find(Company company, string id) =>
        company.Identity.Users.GetValueOrDefault(id) ?? company.Identity.Users.Values.FirstOrDefault(user => string.Equals(user.Id, id, StringComparison.OrdinalIgnoreCase));

    public static Task UnknownAsync(HttpContext http, ODataAnswers answers) => answers.ErrorAsync(
        http, 404, "Request_ResourceNotFound", $"Resource '{http.Request.RouteValues["id"]}' does not exist or one of its queried reference-property objects are not present.");

    private Task ListAsync(HttpContext http)
    {
        var (filter, query) = (http.Request.Query["$filter"].ToString(), http.Request.Query);
        if (Advanced.Any(word => filter.Contains(word, StringComparison.Ordinal)) && (http.Request.Headers["ConsistencyLevel"] != "eventual" || query["$count"] != "true"))
        {
            return answers.ErrorAsync(http, 400, "Request_UnsupportedQuery", "Unsupported or invalid query filter clause specified for property 'onPremisesSamAccountName' of resource 'User'.");
        }

        if (ODataFilter.Parse(filter) is not { } test)
        {
            return answers.ErrorAsync(http, 400, "BadRequest", "Invalid filter clause");
        }

        try
        {
            var found = site.Estate.Read(company => company.Identity.Users.Values.Where(user => test(path => GraphShapes.Field(user, path))).OrderBy(user => user.Name, StringComparer.Ordinal)
                .Select(user => GraphShapes.User(user, company, query.ContainsKey("$select"))).ToList());
            return answers.ListAsync(http, "users", found);
        }
        catch (FormatException exception)
        {
            return answers.ErrorAsync(http, 400, "BadRequest", $"Could not find a property named '{exception.Message}' on type 'microsoft.graph.user'.");
        }
    }

    private Task GetAsync(HttpContext http)
    {
        var found = site.Estate.Read(company => Find(company, Id(http)) is { } user
            ? GraphShapes.User(user, company, http.Request.Query.ContainsKey("$select"), http.Request.Query["$expand"].ToString().StartsWith("manager", StringComparison.Ordinal)) : null);
        return found is null ? UnknownAsync(http, answers) : answers.EntityAsync(http, "users/$entity", found);
    }

    private Task ManagerAsync(HttpContext http)
    {
        var found = site.Estate.Read(company => Find(company, Id(http))?.Manager is { } upn && company.Identity.Users.TryGetValue(upn, out var manager) ? GraphShapes.User(manager, company, http.Request.Query.ContainsKey("$select")) : null);
        return found is null ? UnknownAsync(http, answers) : answers.EntityAsync(http, "directoryObjects/$entity", found);
    }

    private async Task PatchAsync(HttpContext http)
    {
        var user = site.Estate.Read(company => Find(company, Id(http)));
        if (user is null)
        {
            await UnknownAsync(http, answers);
            return;
        }

        if (await ODataAnswers.BodyAsync(http) is not { ValueKind: JsonValueKind.Object } body || body.EnumerateObject().Any(field => field.Name is not ("accountEnabled" or "passwordProfile" or "@odata.type")))
        {
            await answers.ErrorAsync(http, 400, "Request_BadRequest", "One or more properties contains invalid values.");
            return;
        }

        var enabled = body.TryGetProperty("accountEnabled", out var flag) ? flag.ValueKind == JsonValueKind.True : (bool?)null;
        var password = body.TryGetProperty("passwordProfile", out var profile) ? ODataAnswers.Text(profile, "password") ?? string.Empty : null;

        // One permission that is missing refuses the whole call.
        if ((enabled is not null && !Any("User.EnableDisableAccount.All", "User.ReadWrite.All", "Directory.ReadWrite.All"))
            || (password is not null && !Any("User-PasswordProfile.ReadWrite.All")) || (user.Roles.Count > 0 && !actsOnAdministrators()))
        {
            await answers.ErrorAsync(http, 403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
            return;
        }

        if (password is not null && !IsStrong(password))
        {
            await answers.ErrorAsync(http, 400, "Request_BadRequest", "The specified password does not comply with password complexity requirements. Please provide a different password.");
            return;
        }

        if (enabled is { } wanted)
        {
            site.Estate.Do(
                EmulatorSite.By(http, wanted ? "identity.enable_user" : "identity.disable_user", user.Upn),
                company => company.Identity.User(user.Id).Enabled == wanted ? null : new CloudUserChanged(user.Id, Enabled: wanted));
        }

        if (password is not null)
        {
            site.Estate.Do(EmulatorSite.By(http, "identity.reset_password", user.Upn), _ => new CloudUserChanged(user.Id, PasswordSet: true));
        }

        await ODataAnswers.NothingAsync(http);
    }

    private Task RevokeAsync(HttpContext http)
    {
        if (site.Estate.Read(company => Find(company, Id(http))) is not { } user)
        {
            return UnknownAsync(http, answers);
        }

        site.Estate.Do(EmulatorSite.By(http, "identity.revoke_sessions", user.Upn), _ => new CloudUserChanged(user.Id, SessionsEnded: true));
        return answers.EntityAsync(http, "Edm.Boolean", new JsonObject { ["value"] = true });
    }

    private bool Any(params string[] sets) => sets.Any(roles.Contains);

    private static bool IsStrong(string password) => password.Length is >= 8 and <= 256
        && new[] { password.Any(char.IsLower), password.Any(char.IsUpper), password.Any(char.IsDigit), password.Any(letter => !char.IsLetterOrDigit(letter)) }.Count(one => one) >= 3;

    private static string Id(HttpContext http) => http.Request.RouteValues["id"]!.ToString()!;
}
