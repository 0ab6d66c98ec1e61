using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Defender.Emulator;

/// <summary>Defender for Endpoint's API and the sign-in of Entra ID over the mock estate: machines, orders to them, live response, alerts.</summary>
internal sealed class DefenderEmulator : Sdk.Emulation.Emulator
{
    private EntraDesk? _desk;
    private RateWindow? _window;
    private DefenderAnswers? _answers;

    public override string Name => "defender";

    public override bool IsSecond => true;

    /// <summary>The application permissions of the app; a test takes some away.</summary>
    public HashSet<string> Roles { get; } = new(["Machine.ReadWrite.All", "Machine.Read.All", "Machine.Isolate", "Machine.Scan", "Machine.LiveResponse", "Library.Manage", "Alert.ReadWrite.All", "User.Read.All"], StringComparer.Ordinal);

    /// <summary>The longest page that it gives.</summary>
    public int LongestPage { get; init; } = int.MaxValue;

    public EntraDesk Desk => _desk ?? throw new InvalidOperationException("The emulator does not run yet.");

    public override void Map(WebApplication app, EmulatorSite site)
    {
        _answers = new DefenderAnswers(site) { LongestPage = LongestPage };
        _desk = new EntraDesk(site, "https://api.securitycenter.microsoft.com", Roles);
        _window = new RateWindow(1500, TimeSpan.FromHours(1), site.Time);
        app.Use((http, next) => BeforeAsync(http, next, site));
        _desk.Map(app);
        var book = new OrderBook(site);
        new MachineRoutes(site, _answers, book).Map(app);
        new OrderRoutes(site, _answers, book).Map(app);
        var library = new ScriptShelf();
        new LibraryRoutes(_answers, library, site).Map(app);
        new LiveResponseRoutes(site, _answers, book, library).Map(app);
        new AlertRoutes(site, _answers).Map(app);
        app.MapFallback(http => _answers.ErrorAsync(http, 404, "NotFound", "No HTTP resource was found that matches the request URI."));
    }

    public override JsonObject Line(EmulatorSite site) => new()
    {
        ["url"] = site.Url.ToString().TrimEnd('/'), ["token_url"] = new Uri(site.Url, $"{Desk.Tenant}/oauth2/v2.0/token").ToString(), ["tenant"] = Desk.Tenant,
        ["client_id"] = Desk.Tokens.ClientId, ["client_secret"] = Desk.Tokens.ClientSecret, ["token"] = Desk.Tokens.Grant(),
    };

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?>
    {
        ["BaseUrl"] = site.Url.ToString(), ["AuthorityUrl"] = site.Url.ToString(), ["TenantId"] = Desk.Tenant, ["ClientId"] = Desk.Tokens.ClientId, ["ClientSecret"] = Desk.Tokens.ClientSecret,
    };

    public override Task RefuseAsync(HttpContext http, int status, TimeSpan? retryAfter, EmulatorSite site)
    {
        if (status == 429 || retryAfter is not null)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling((retryAfter ?? TimeSpan.FromSeconds(2)).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return _answers!.ErrorAsync(http, status, status == 429 ? "TooManyRequests" : "InternalServerError", status == 429 ? "Too many requests. Try again later." : "Internal server error");
    }

    /// <summary>The limit, the token, and whether its roles allow the call.</summary>
    private async Task BeforeAsync(HttpContext http, RequestDelegate next, EmulatorSite site)
    {
        var (pass, _, resets) = _window!.Take();
        if (!pass)
        {
            await RefuseAsync(http, 429, resets - site.Time.GetUtcNow(), site);
        }
        else if (EntraDesk.IsSignIn(http) || http.Request.Path.StartsWithSegments(LiveResponseRoutes.Storage))
        {
            await next(http);
        }
        else if (!Desk.Tokens.Allows(http))
        {
            await _answers!.ErrorAsync(http, 401, "Unauthorized", "Unauthorized");
        }
        else if (!Needs(http.Request).Any(Roles.Contains))
        {
            await _answers!.ErrorAsync(http, 403, "Forbidden", "The application does not have any of the required application permissions to access the resource.");
        }
        else
        {
            await next(http);
        }
    }

    /// <summary>Which permissions Defender wants for a call, by its reference: one of several.</summary>
    private static string[] Needs(HttpRequest request)
    {
        var path = request.Path.Value ?? string.Empty;
        return path switch
        {
            _ when path.EndsWith("isolate", StringComparison.OrdinalIgnoreCase) => ["Machine.Isolate"],
            _ when path.EndsWith("/runAntiVirusScan", StringComparison.OrdinalIgnoreCase) => ["Machine.Scan"],
            _ when path.EndsWith("/runliveresponse", StringComparison.OrdinalIgnoreCase) => ["Machine.LiveResponse"],
            _ when path.Contains("/libraryfiles", StringComparison.OrdinalIgnoreCase) => ["Library.Manage"],
            _ when path.EndsWith("/cancel", StringComparison.OrdinalIgnoreCase) => ["Machine.Isolate", "Machine.Scan", "Machine.LiveResponse"],
            _ when path.Contains("/alerts", StringComparison.OrdinalIgnoreCase) => request.Method == "GET" ? ["Alert.Read.All", "Alert.ReadWrite.All"] : ["Alert.ReadWrite.All"],
            _ => ["Machine.Read.All", "Machine.ReadWrite.All"],
        };
    }
}

/// <summary>Defender's refusals name the call's id as their target.</summary>
internal sealed class DefenderAnswers(EmulatorSite site) : ODataAnswers(site, "api")
{
    protected override JsonObject Error(HttpContext http, string code, string message) =>
        new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["target"] = TraceOf(http) } };
}
