using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;

namespace Responder.Tests.Vault;

/// <summary>An Azure Key Vault with its sign-in: names page by page without values, one secret with its value, both only with a token for vaults.</summary>
internal sealed class VaultEmulator : Emulator
{
    private const int PageSize = 2;
    private EntraDesk? _desk;

    public override string Name => "vault";

    /// <summary>What it holds: the value, and whether it is enabled and good until when.</summary>
    public SortedDictionary<string, (string Value, bool Enabled, DateTimeOffset? Until)> Secrets { get; } = new(StringComparer.Ordinal);

    public EntraDesk Desk => _desk!;

    public override void Map(WebApplication app, EmulatorSite site)
    {
        _desk = new EntraDesk(site, "https://vault.azure.net", []);
        _desk.Map(app);
        app.MapGet("/secrets", http => Signed(http) ? http.Response.WriteAsJsonAsync(Page(http, site)) : ChallengeAsync(http));
        app.MapGet("/secrets/{name}", http => Signed(http) ? OneAsync(http, site) : ChallengeAsync(http));
    }

    public override JsonObject Line(EmulatorSite site) => new() { ["url"] = site.Url.ToString() };

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?>
    {
        ["Url"] = site.Url.ToString(), ["AuthorityUrl"] = site.Url.ToString(), ["TenantId"] = Desk.Tenant, ["ClientId"] = Desk.Tokens.ClientId, ["ClientSecret"] = Desk.Tokens.ClientSecret, ["CaFile"] = site.CaFile,
    };

    public override Task RefuseAsync(HttpContext http, int status, TimeSpan? retryAfter, EmulatorSite site) => ErrorAsync(http, status, "ServiceUnavailable", "Try again later");

    private bool Signed(HttpContext http) => Desk.Tokens.Allows(http);

    private JsonObject Page(HttpContext http, EmulatorSite site)
    {
        var place = Paging.Place(http.Request.Query["$skiptoken"]) ?? 0;
        var (page, next) = Paging.Slice([.. Secrets.Keys], place, PageSize);
        return new JsonObject
        {
            ["value"] = new JsonArray([.. page.Select(name => (JsonNode)Shape(name, site))]),
            ["nextLink"] = next is { } more ? $"{site.Url}secrets?api-version={http.Request.Query["api-version"]}&$skiptoken={Uri.EscapeDataString(Paging.Mark(more))}" : null,
        };
    }

    private Task OneAsync(HttpContext http, EmulatorSite site)
    {
        var name = http.Request.RouteValues["name"]!.ToString()!;
        if (!Secrets.TryGetValue(name, out var secret))
        {
            return ErrorAsync(http, 404, "SecretNotFound", $"A secret with (name/id) {name} was not found in this key vault.");
        }

        var shape = Shape(name, site);
        shape["value"] = secret.Value;
        return http.Response.WriteAsJsonAsync(shape);
    }

    private JsonObject Shape(string name, EmulatorSite site)
    {
        var attributes = new JsonObject { ["enabled"] = Secrets[name].Enabled, ["created"] = 1_700_000_000, ["updated"] = 1_700_000_000 };
        if (Secrets[name].Until is { } until)
        {
            attributes["exp"] = until.ToUnixTimeSeconds();
        }

        return new JsonObject { ["id"] = $"{site.Url}secrets/{name}", ["attributes"] = attributes };
    }

    private Task ChallengeAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = $"Bearer authorization=\"https://login.microsoftonline.com/{Desk.Tenant}\", resource=\"https://vault.azure.net\"";
        return ErrorAsync(http, 401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.");
    }

    private static Task ErrorAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
    }
}
