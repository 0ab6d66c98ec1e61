using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Jira.Emulator;

/// <summary>Jira's REST API over the estate's tickets. What differs between Cloud and Data Center is in the two classes below it.</summary>
internal abstract class JiraEmulator : Sdk.Emulation.Emulator
{
    private int _requests;

    /// <summary>How long a new ticket is not found by a search, as a product's index lags; none unless a test says so.</summary>
    public TimeSpan IndexLag { get; init; } = TimeSpan.Zero;

    /// <summary>Whether the screen for new tickets has the field for links; a company may have taken it off.</summary>
    public bool LinksOnCreateScreen { get; init; } = true;

    /// <summary>3 or 2.</summary>
    public abstract int Version { get; }

    public bool Cloud => Version == 3;

    /// <summary>Permissions that the account lacks.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>True where a call shows the credential.</summary>
    protected abstract bool Knows(string authorization);

    /// <summary>Answers a call without one.</summary>
    protected abstract Task StrangerAsync(HttpContext http);

    public override void Map(WebApplication app, EmulatorSite site)
    {
        app.Use((http, next) => FrontAsync(http, next));
        var routes = new JiraRoutes(this, site);
        routes.Map(app, $"/rest/api/{Version}");
        app.MapFallback(http => WriteAsync(http, 404, new JsonObject { ["errorMessages"] = new JsonArray("null for uri: " + http.Request.Path), ["errors"] = new JsonObject() }));
    }

    public override async Task RefuseAsync(HttpContext http, int status, TimeSpan? retryAfter, EmulatorSite site)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(site);
        if (status == 429)
        {
            var wait = retryAfter ?? TimeSpan.FromSeconds(5);
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            http.Response.Headers["X-RateLimit-Limit"] = "100";
            http.Response.Headers["X-RateLimit-Remaining"] = "0";
            http.Response.Headers[Cloud ? "X-RateLimit-Reset" : "X-RateLimit-Interval-Seconds"] = Cloud ? Json.Time(site.Time.GetUtcNow() + wait) : "60";
            if (Cloud)
            {
                http.Response.Headers["RateLimit-Reason"] = "jira-burst-based";
            }
        }
        else if (retryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await WriteAsync(http, status, new JsonObject { ["errorMessages"] = new JsonArray(status == 429 ? "Rate limit exceeded." : "Internal server error"), ["errors"] = new JsonObject() });
    }

    internal static async Task WriteAsync(HttpContext http, int status, JsonNode? body)
    {
        http.Response.StatusCode = status;
        if (body is not null)
        {
            http.Response.ContentType = "application/json;charset=UTF-8";
            await http.Response.WriteAsync(body.ToJsonString(VendorOptions), Encoding.UTF8);
        }
    }

    private static JsonSerializerOptions VendorOptions { get; } = new(Json.Options) { PropertyNamingPolicy = null };

    private async Task FrontAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers["X-AREQUESTID"] = string.Create(CultureInfo.InvariantCulture, $"{http.Connection.Id}x{Interlocked.Increment(ref _requests)}x1");
        if (Cloud)
        {
            http.Response.Headers["Atl-Traceid"] = EmulatorSite.NewHex();
        }

        var known = Knows(http.Request.Headers.Authorization.ToString());
        if (!known)
        {
            http.Response.Headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED";
        }

        // Only what the site is can be read by anybody.
        if (known || http.Request.Path.Value!.EndsWith("/serverInfo", StringComparison.Ordinal))
        {
            await next(http);
        }
        else
        {
            await StrangerAsync(http);
        }
    }
}

/// <summary>Jira Cloud: v3, documents, an account's mail address and API token.</summary>
internal sealed class JiraCloudEmulator : JiraEmulator
{
    private readonly string _email = "responder@company.com";
    private readonly string _token = EmulatorSite.NewSecret();

    public override string Name => "jira_cloud";

    public override int Version => 3;

    public override JsonObject Line(EmulatorSite site) => new() { ["url"] = Root(site), ["email"] = _email, ["api_token"] = _token, ["project"] = "SOC" };

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?> { ["Url"] = Root(site), ["Email"] = _email, ["ApiToken"] = _token };

    protected override bool Knows(string authorization) => authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_email}:{_token}"));

    protected override Task StrangerAsync(HttpContext http)
    {
        http.Response.StatusCode = 401;
        http.Response.ContentType = "text/plain";
        http.Response.Headers.WWWAuthenticate = "OAuth realm=\"jira\"";
        return http.Response.WriteAsync("Client must be authenticated to access this resource.");
    }

    private static string Root(EmulatorSite site) => site.Url.GetLeftPart(UriPartial.Authority);
}

/// <summary>Jira Data Center: v2, wiki text, a personal access token.</summary>
internal sealed class JiraDataCenterEmulator : JiraEmulator
{
    private readonly string _token = EmulatorSite.NewSecret(44);

    public override string Name => "jira_dc";

    public override int Version => 2;

    public override JsonObject Line(EmulatorSite site) => new() { ["url"] = site.Url.GetLeftPart(UriPartial.Authority), ["pat"] = _token, ["project"] = "SOC" };

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) =>
        new Dictionary<string, string?> { ["Url"] = site.Url.GetLeftPart(UriPartial.Authority), ["Deployment"] = "data_center", ["Token"] = _token };

    protected override bool Knows(string authorization) => authorization == "Bearer " + _token;

    protected override Task StrangerAsync(HttpContext http) => WriteAsync(
        http, 401, new JsonObject { ["errorMessages"] = new JsonArray("You are not authenticated. Authentication required to perform this operation."), ["errors"] = new JsonObject() });
}
