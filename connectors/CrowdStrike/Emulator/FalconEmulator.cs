using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.CrowdStrike.Emulator;

/// <summary>Falcon's API over the mock estate: token, hosts, alerts, Real Time Response, on-demand scans.</summary>
internal sealed class FalconEmulator : Sdk.Emulation.Emulator
{
    private TokenDesk? _tokens;
    private RateWindow? _window;

    public override string Name => "falcon";

    /// <summary>The scopes that the API client has; a test takes some away.</summary>
    public HashSet<string> Scopes { get; } = new(["hosts:read", "hosts:write", "alerts:read", "alerts:write", "rtr:read", "rtr:write", "rtr-admin:write", "ods:read", "ods:write"], StringComparer.Ordinal);

    /// <summary>How long a live-response command runs on a host.</summary>
    public TimeSpan CommandsTake { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Folders that nobody may list; a test names some.</summary>
    public HashSet<string> Unlisted { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the sign-in sends its callers, with 308; null where it answers itself.</summary>
    public string? Elsewhere { get; set; }

    public TokenDesk Tokens => _tokens ?? throw new InvalidOperationException("The emulator does not run yet.");

    public override void Map(WebApplication app, EmulatorSite site)
    {
        _tokens = new TokenDesk(site.Time, TimeSpan.FromSeconds(1799));
        _window = new RateWindow(6000, TimeSpan.FromMinutes(1), site.Time);
        app.Use((http, next) => BeforeAsync(http, next, site));
        app.MapPost("/oauth2/token", TokenAsync);
        app.MapPost("/oauth2/revoke", RevokeAsync);
        new HostRoutes(site).Map(app);
        new AlertRoutes(site).Map(app);
        new RtrRoutes(site, CommandsTake, Unlisted).Map(app);
        new ScanRoutes(site).Map(app);
        app.MapFallback(http => Envelope.ErrorAsync(http, 404, 404, "404: Page Not Found"));
    }

    public override JsonObject Line(EmulatorSite site) => new()
    {
        ["url"] = site.Url.ToString().TrimEnd('/'), ["client_id"] = Tokens.ClientId, ["client_secret"] = Tokens.ClientSecret,
    };

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?>
    {
        ["BaseUrl"] = site.Url.ToString(), ["ClientId"] = Tokens.ClientId, ["ClientSecret"] = Tokens.ClientSecret,
    };

    public override Task RefuseAsync(HttpContext http, int status, TimeSpan? retryAfter, EmulatorSite site)
    {
        Envelope.Headers(http, 6000, status == 429 ? 0 : 5999);
        if (status == 429)
        {
            var until = site.Time.GetUtcNow() + (retryAfter ?? TimeSpan.FromSeconds(2));
            http.Response.Headers["X-Ratelimit-Retryafter"] = (until.ToUnixTimeSeconds() + 1).ToString(CultureInfo.InvariantCulture);
        }

        return Envelope.ErrorAsync(http, status, status, status == 429 ? "API rate limit exceeded." : "Internal Server Error: Please provide trace-id to support");
    }

    /// <summary>The headers of every answer, the token, the scope.</summary>
    private async Task BeforeAsync(HttpContext http, RequestDelegate next, EmulatorSite site)
    {
        var (pass, left, resets) = _window!.Take();
        Envelope.Headers(http, _window.Limit, left);
        if (!pass)
        {
            await RefuseAsync(http, 429, resets - site.Time.GetUtcNow(), site);
            return;
        }

        if (!http.Request.Path.StartsWithSegments("/oauth2"))
        {
            if (!Tokens.Allows(http))
            {
                await Envelope.ErrorAsync(http, 401, 401, "access denied, invalid bearer token");
                return;
            }

            if (ScopeOf(http.Request) is { } scope && !Scopes.Contains(scope))
            {
                await Envelope.ErrorAsync(http, 403, 403, "access denied, authorization failed");
                return;
            }
        }

        await next(http);
    }

    private async Task TokenAsync(HttpContext http)
    {
        if (Elsewhere is { } location)
        {
            http.Response.StatusCode = 308;
            http.Response.Headers.Location = location;
            return;
        }

        // A client that is not known is told so by name; a wrong secret only that it is not authorized.
        Envelope.Headers(http, 300, 299);
        var form = await http.Request.ReadFormAsync();
        if (form["client_id"] != Tokens.ClientId)
        {
            await Envelope.RefuseSignInAsync(http, 400, $"Failed to generate access token for clientID={form["client_id"]}.");
            return;
        }

        if (Tokens.Issue(form["client_id"], form["client_secret"]) is not { } token)
        {
            await Envelope.RefuseSignInAsync(http, 403, "Failed to issue access token - Not Authorized");
            return;
        }

        await Envelope.WriteAsync(http, 201, new JsonObject { ["access_token"] = token, ["expires_in"] = (int)Tokens.Lifetime.TotalSeconds, ["token_type"] = "bearer" });
    }

    private async Task RevokeAsync(HttpContext http)
    {
        Tokens.Revoke((await http.Request.ReadFormAsync())["token"].ToString());
        await Envelope.WriteAsync(http, 200, Envelope.Of([]));
    }

    private static string? ScopeOf(HttpRequest request)
    {
        var path = request.Path.Value ?? string.Empty;
        return path switch
        {
            _ when path.StartsWith("/devices/entities/devices-actions", StringComparison.Ordinal) => "hosts:write",
            _ when path.StartsWith("/devices", StringComparison.Ordinal) => "hosts:read",
            _ when path.StartsWith("/alerts", StringComparison.Ordinal) => request.Method == "PATCH" ? "alerts:write" : "alerts:read",
            _ when path.Contains("admin-command", StringComparison.Ordinal) => "rtr-admin:write",
            _ when path.Contains("active-responder-command", StringComparison.Ordinal) || path.Contains("/file/", StringComparison.Ordinal) || path.Contains("extracted-file", StringComparison.Ordinal) => "rtr:write",
            _ when path.StartsWith("/real-time-response", StringComparison.Ordinal) => "rtr:read",
            _ when path.StartsWith("/ods", StringComparison.Ordinal) => request.Method == "POST" ? "ods:write" : "ods:read",
            _ => null,
        };
    }
}
