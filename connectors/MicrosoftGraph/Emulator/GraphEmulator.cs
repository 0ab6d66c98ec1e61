using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.MicrosoftGraph.Emulator;

/// <summary>Microsoft Graph and the sign-in of Entra ID over the mock estate: users, sign-ins, methods, risk, alerts.</summary>
internal sealed class GraphEmulator : Sdk.Emulation.Emulator
{
    /// <summary>Where the API's version stands.</summary>
    public const string Root = "v1.0";

    private EntraDesk? _desk;
    private RateWindow? _window;
    private ODataAnswers? _answers;

    public override string Name => "graph";

    /// <summary>The application permissions of the app; a test takes some away.</summary>
    public HashSet<string> Roles { get; } = new(
        [
            "User.Read.All", "User.EnableDisableAccount.All", "User.RevokeSessions.All", "User-PasswordProfile.ReadWrite.All", "GroupMember.Read.All", "AuditLog.Read.All",
            "UserAuthenticationMethod.Read.All", "IdentityRiskyUser.ReadWrite.All", "SecurityAlert.ReadWrite.All", "Organization.Read.All",
        ],
        StringComparer.Ordinal);

    /// <summary>True where the app holds a directory role that may act on administrators.</summary>
    public bool ActsOnAdministrators { get; set; }

    /// <summary>The longest page that it gives.</summary>
    public int LongestPage { get; init; } = int.MaxValue;

    public EntraDesk Desk => _desk ?? throw new InvalidOperationException("The emulator does not run yet.");

    public override void Map(WebApplication app, EmulatorSite site)
    {
        _answers = new ODataAnswers(site, Root) { LongestPage = LongestPage };
        _desk = new EntraDesk(site, "https://graph.microsoft.com", Roles);
        _window = new RateWindow(10_000, TimeSpan.FromMinutes(10), site.Time);
        app.Use((http, next) => BeforeAsync(http, next, site));
        _desk.Map(app);
        new UserRoutes(site, _answers, () => ActsOnAdministrators, Roles).Map(app);
        new MemberRoutes(site, _answers).Map(app);
        new RiskRoutes(site, _answers).Map(app);
        new AlertRoutes(site, _answers, () => Desk.Tenant).Map(app);
        new OrganizationRoute(site, _answers, () => Desk.Tenant).Map(app);
        app.MapFallback(http => _answers.ErrorAsync(http, 400, "BadRequest", $"Resource not found for the segment '{http.Request.Path.Value?.Split('/')[^1]}'."));
    }

    public override JsonObject Line(EmulatorSite site) => new()
    {
        ["url"] = new Uri(site.Url, Root).ToString(), ["token_url"] = new Uri(site.Url, $"{Desk.Tenant}/oauth2/v2.0/token").ToString(), ["tenant"] = Desk.Tenant,
        ["client_id"] = Desk.Tokens.ClientId, ["client_secret"] = Desk.Tokens.ClientSecret, ["token"] = Desk.Tokens.Grant(),
    };

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?>
    {
        ["BaseUrl"] = new Uri(site.Url, Root + "/").ToString(), ["AuthorityUrl"] = site.Url.ToString(), ["TenantId"] = Desk.Tenant, ["ClientId"] = Desk.Tokens.ClientId, ["ClientSecret"] = Desk.Tokens.ClientSecret,
    };

    public override Task RefuseAsync(HttpContext http, int status, TimeSpan? retryAfter, EmulatorSite site)
    {
        if (retryAfter is { } wait || status == 429)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling((retryAfter ?? TimeSpan.FromSeconds(2)).TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return status switch
        {
            429 => _answers!.ErrorAsync(http, status, "TooManyRequests", "Too many requests"),
            503 => _answers!.ErrorAsync(http, status, "serviceNotAvailable", "The service is temporarily unavailable."),
            _ => _answers!.ErrorAsync(http, status, "UnknownError", string.Empty),
        };
    }

    /// <summary>The limit, the token, and whether its roles allow the call.</summary>
    private async Task BeforeAsync(HttpContext http, RequestDelegate next, EmulatorSite site)
    {
        var (pass, _, resets) = _window!.Take();
        if (!pass)
        {
            await RefuseAsync(http, 429, resets - site.Time.GetUtcNow(), site);
        }
        else if (EntraDesk.IsSignIn(http))
        {
            await next(http);
        }
        else if (!http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\"";
            await _answers!.ErrorAsync(http, 401, "InvalidAuthenticationToken", "Access token is empty.");
        }
        else if (!Desk.Tokens.Allows(http))
        {
            await _answers!.ErrorAsync(http, 401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
        }
        else if (!GraphScopes.Allow(http.Request, Roles))
        {
            await _answers!.ErrorAsync(http, 403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
        }
        else
        {
            await next(http);
        }
    }
}
