using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.MicrosoftGraph.Emulator;

/// <summary>Identity Protection: an account's risk, confirmed or dismissed.</summary>
internal sealed class RiskRoutes(EmulatorSite site, ODataAnswers answers)
{
    public void Map(WebApplication app)
    {
        app.MapGet($"/{GraphEmulator.Root}/identityProtection/riskyUsers", ListAsync);
        app.MapGet($"/{GraphEmulator.Root}/identityProtection/riskyUsers/{{id}}", GetAsync);
        foreach (var (action, confirm) in ((string, bool)[])[("confirmCompromised", true), ("dismiss", false)])
        {
            app.MapPost($"/{GraphEmulator.Root}/identityProtection/riskyUsers/{action}", http => SetAsync(http, confirm));
            app.MapPost($"/{GraphEmulator.Root}/identityProtection/riskyUsers/microsoft.graph.{action}", http => SetAsync(http, confirm));
        }
    }

    private Task ListAsync(HttpContext http) =>
        answers.ListAsync(http, "identityProtection/riskyUsers", site.Estate.Read(company => company.Identity.Users.Values.Where(user => user.Risk != "none").Select(Risk).ToList()));

    private Task GetAsync(HttpContext http)
    {
        var found = site.Estate.Read(company => company.Identity.Users.Values.FirstOrDefault(user => user.Id == http.Request.RouteValues["id"]?.ToString()) is { } user && (user.Risk != "none" || user.Compromised) ? Risk(user) : null);
        return found is null ? answers.ErrorAsync(http, 404, "NotFound", "Resource not found.") : answers.EntityAsync(http, "identityProtection/riskyUsers/$entity", found);
    }

    private async Task SetAsync(HttpContext http, bool confirm)
    {
        var body = await ODataAnswers.BodyAsync(http);
        var ids = body is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("userIds", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(id => id.ToString()).ToList() : [];
        var known = site.Estate.Read(company => company.Identity.Users.Values.Where(user => ids.Contains(user.Id)).Select(user => (user.Id, user.Upn)).ToList());
        if (ids.Count is 0 or > 60 || known.Count != ids.Count)
        {
            await answers.ErrorAsync(http, 400, "BadRequest", "Invalid user ids.");
            return;
        }

        foreach (var (id, upn) in known)
        {
            site.Estate.Do(
                EmulatorSite.By(http, confirm ? "identity.confirm_compromised" : "identity.dismiss_risk", upn),
                company => company.Identity.User(id) is var user && (confirm ? user.Compromised : user is { Compromised: false, Risk: "none" }) ? null
                    : confirm ? new CloudUserChanged(id, Risk: "high", Compromised: true) : new CloudUserChanged(id, Risk: "none", Compromised: false));
        }

        await ODataAnswers.NothingAsync(http);
    }

    private JsonObject Risk(CloudUser user) => new()
    {
        ["id"] = user.Id, ["isDeleted"] = false, ["isProcessing"] = false, ["riskLevel"] = user.Risk, ["riskState"] = user.Compromised ? "confirmedCompromised" : user.Risk == "none" ? "dismissed" : "atRisk",
        ["riskDetail"] = user.Compromised ? "adminConfirmedUserCompromised" : "none", ["riskLastUpdatedDateTime"] = Json.Time(site.Time.GetUtcNow()), ["userDisplayName"] = user.Name, ["userPrincipalName"] = user.Upn,
    };
}
