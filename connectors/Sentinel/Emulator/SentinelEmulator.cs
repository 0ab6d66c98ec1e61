using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Sentinel.Emulator;

/// <summary>Sentinel's incidents in Azure's management API, over the estate's alerts: marks of change, comments under the caller's ids, the app's grants.</summary>
internal sealed class SentinelEmulator : Sdk.Emulation.Emulator
{
    private const string Group = "soc";
    private const string Name_ = "soc-workspace";
    private static readonly string[] Statuses = ["New", "Active", "Closed"];
    private static readonly string[] Classes = ["Undetermined", "TruePositive", "BenignPositive", "FalsePositive"];
    private readonly string _subscription = EntraDesk.NewId();
    private EntraDesk? _desk;
    private ODataAnswers? _answers;

    public override string Name => "sentinel";

    /// <summary>What the app is granted on the workspace.</summary>
    public HashSet<string> Grants { get; } = new(["Microsoft.SecurityInsights/incidents/*"], StringComparer.Ordinal);

    public EntraDesk Desk => _desk ?? throw new InvalidOperationException("The emulator does not run yet.");

    private string Workspace => $"/subscriptions/{_subscription}/resourceGroups/{Group}/providers/Microsoft.OperationalInsights/workspaces/{Name_}";

    public override void Map(WebApplication app, EmulatorSite site)
    {
        _answers = new ODataAnswers(site, string.Empty);
        _desk = new EntraDesk(site, "https://management.azure.com", []);
        app.Use(BeforeAsync);
        _desk.Map(app);
        var incidents = $"{Workspace}/providers/Microsoft.SecurityInsights/incidents/{{id}}";
        app.MapGet(incidents, http => ReadAsync(http, site));
        app.MapPut(incidents, http => PutAsync(http, site));
        app.MapGet(incidents + "/comments/{comment}", http => CommentAsync(http, site));
        app.MapPut(incidents + "/comments/{comment}", http => PutCommentAsync(http, site));
        app.MapGet($"{Workspace}/providers/Microsoft.Authorization/permissions", http => ODataAnswers.WriteAsync(http, 200, new JsonObject
        {
            ["value"] = new JsonArray(new JsonObject { ["actions"] = new JsonArray([.. Grants.Select(grant => (JsonNode)grant)]), ["notActions"] = new JsonArray(), ["dataActions"] = new JsonArray(), ["notDataActions"] = new JsonArray() }),
        }));
        app.MapFallback(http => _answers.ErrorAsync(http, 404, "ResourceNotFound", "The Resource was not found."));
    }

    public override JsonObject Line(EmulatorSite site) => new()
    {
        ["url"] = site.Url.ToString().TrimEnd('/'), ["token_url"] = new Uri(site.Url, $"{Desk.Tenant}/oauth2/v2.0/token").ToString(), ["tenant"] = Desk.Tenant, ["client_id"] = Desk.Tokens.ClientId,
        ["client_secret"] = Desk.Tokens.ClientSecret, ["workspace"] = Workspace,
    };

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?>
    {
        ["BaseUrl"] = site.Url.ToString(), ["AuthorityUrl"] = site.Url.ToString(), ["TenantId"] = Desk.Tenant, ["ClientId"] = Desk.Tokens.ClientId, ["ClientSecret"] = Desk.Tokens.ClientSecret,
        ["SubscriptionId"] = _subscription, ["ResourceGroup"] = Group, ["Workspace"] = Name_,
    };

    public override Task RefuseAsync(HttpContext http, int status, TimeSpan? retryAfter, EmulatorSite site)
    {
        if (status == 429 || retryAfter is not null)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling((retryAfter ?? TimeSpan.FromSeconds(2)).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return _answers!.ErrorAsync(http, status, status == 429 ? "TooManyRequests" : "InternalServerError", status == 429 ? "The request is being throttled." : "The server encountered an internal error.");
    }

    private async Task BeforeAsync(HttpContext http, RequestDelegate next)
    {
        if (EntraDesk.IsSignIn(http))
        {
            await next(http);
        }
        else if (!Desk.Tokens.Allows(http))
        {
            await _answers!.ErrorAsync(http, 401, "InvalidAuthenticationToken", "The access token is invalid.");
        }
        else if (string.IsNullOrEmpty(http.Request.Query["api-version"]))
        {
            await _answers!.ErrorAsync(http, 400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");
        }
        else
        {
            await next(http);
        }
    }

    private Task ReadAsync(HttpContext http, EmulatorSite site) => Shape(Id(http), site) is { } incident ? ODataAnswers.WriteAsync(http, 200, incident) : UnknownAsync(http);

    private async Task PutAsync(HttpContext http, EmulatorSite site)
    {
        var (id, body) = (Id(http), await ODataAnswers.BodyAsync(http));
        if (Shape(id, site) is not { } now)
        {
            await UnknownAsync(http);
            return;
        }

        var properties = body is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("properties", out var given) ? given : default(JsonElement?);
        var (status, classified) = (ODataAnswers.Text(properties, "status"), ODataAnswers.Text(properties, "classification"));
        if (ODataAnswers.Text(properties, "title") is null || ODataAnswers.Text(properties, "severity") is null || !Statuses.Contains(status) || (status == "Closed" && !Classes.Contains(classified)))
        {
            await _answers!.ErrorAsync(http, 400, "BadRequest", "title, severity and status are required; a closed incident needs a classification");
            return;
        }

        if (ODataAnswers.Text(body, "etag") is { } mark && mark != (string?)now["etag"])
        {
            await _answers!.ErrorAsync(http, 409, "Conflict", "Newest instance of the incident was not used.");
            return;
        }

        var owner = properties!.Value.TryGetProperty("owner", out var who) ? ODataAnswers.Text(who, "userPrincipalName") ?? ODataAnswers.Text(who, "assignedTo") ?? ODataAnswers.Text(who, "objectId") : null;
        var word = status switch { "New" => "new", "Active" => "in_progress", _ => "closed" };
        site.Estate.Do(EmulatorSite.By(http, "siem.update_alert", id), company => company.Siem.Alert(id) is var alert && alert.Status == word && alert.Owner == owner ? null : new AlertChanged(id, word, owner));
        await ODataAnswers.WriteAsync(http, 200, Shape(id, site)!);
    }

    private Task CommentAsync(HttpContext http, EmulatorSite site)
    {
        var (id, comment) = (Id(http), Comment(http));
        return site.Estate.Read(company => company.Siem.Alerts.GetValueOrDefault(id)?.Comments.FirstOrDefault(one => one.Key == comment)) is { } there
            ? ODataAnswers.WriteAsync(http, 200, new JsonObject { ["name"] = comment, ["properties"] = new JsonObject { ["message"] = there.Body, ["createdTimeUtc"] = Json.Time(there.At) } })
            : UnknownAsync(http);
    }

    private async Task PutCommentAsync(HttpContext http, EmulatorSite site)
    {
        var (id, comment, body) = (Id(http), Comment(http), await ODataAnswers.BodyAsync(http));
        var message = body is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("properties", out var given) ? ODataAnswers.Text(given, "message") : null;
        if (!site.Estate.Read(company => company.Siem.Alerts.ContainsKey(id)) || !Guid.TryParse(comment, out _))
        {
            await UnknownAsync(http);
            return;
        }

        if (message is not { Length: > 0 and <= 30_000 })
        {
            await _answers!.ErrorAsync(http, 400, "BadRequest", "A message of 1 to 30000 characters is required.");
            return;
        }

        var done = site.Estate.Do(EmulatorSite.By(http, "siem.comment_alert", id, comment), company => company.Siem.Alert(id).Comments.Any(one => one.Key == comment) ? null : new AlertChanged(id, Comment: message));
        await ODataAnswers.WriteAsync(http, done is null ? 200 : 201, new JsonObject { ["name"] = comment, ["properties"] = new JsonObject { ["message"] = message } });
    }

    private static JsonObject? Shape(string id, EmulatorSite site) => site.Estate.Read(company =>
    {
        if (!company.Siem.Alerts.TryGetValue(id, out var alert) || alert.At > site.Time.GetUtcNow())
        {
            return null;
        }

        var at = alert.At ?? site.Time.GetUtcNow();
        var properties = new JsonObject
        {
            ["title"] = alert.Title, ["severity"] = alert.Severity is "high" or "critical" ? "High" : alert.Severity is "low" ? "Low" : "Medium", ["status"] = alert.Status switch { "new" => "New", "resolved" or "closed" => "Closed", _ => "Active" },
            ["createdTimeUtc"] = Json.Time(at), ["lastModifiedTimeUtc"] = Json.Time(alert.ChangedAt ?? at), ["labels"] = new JsonArray(), ["incidentNumber"] = 1126,
            ["owner"] = new JsonObject { ["assignedTo"] = alert.Owner, ["userPrincipalName"] = alert.Owner?.Contains('@', StringComparison.Ordinal) == true ? alert.Owner : null, ["email"] = null, ["objectId"] = null },
        };
        return new JsonObject
        {
            ["id"] = $"/Incidents/{id}", ["name"] = id, ["type"] = "Microsoft.SecurityInsights/Incidents",
            ["etag"] = string.Create(CultureInfo.InvariantCulture, $"\"{(alert.ChangedAt ?? at).UtcTicks:x}-{alert.Status}-{alert.Comments.Count}\""), ["properties"] = properties,
        };
    });

    private Task UnknownAsync(HttpContext http) => _answers!.ErrorAsync(http, 404, "NotFound", $"Incident {Id(http)} or its comment was not found");

    private static string Id(HttpContext http) => http.Request.RouteValues["id"]!.ToString()!;

    private static string Comment(HttpContext http) => http.Request.RouteValues["comment"]!.ToString()!;
}
