using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Hosting;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/alerts</c>: alerts come in and are looked at.</summary>
internal static class AlertsApi
{
    private static readonly string[] OtherForms = ["application/x-ndjson", "application/xml", "text/xml", "text/plain"];

    public static void Map(IEndpointRouteBuilder routes, ServerOptions options)
    {
        var alerts = routes.MapGroup("/api/alerts").WithTags("alerts");
        Delivers(alerts.MapPost("/{source}", (string source, HttpContext http, Deliveries deliveries) => deliveries.TakeAsync(source, http))
            .WithName("deliver_alerts").WithSummary("Delivers one alert or many, in the source's own format; answers when they are committed."));

        // The key itself never gets here: it is taken out of the address before anything writes that down.
        Delivers(alerts.MapPost("/{source}/{key}", (string source, string key, HttpContext http, Deliveries deliveries) => deliveries.TakeAsync(source, http))
            .WithName("deliver_alerts_by_address").WithSummary("The same for senders that can set no header: the key may only deliver alerts of this source."));
        alerts.MapGet("", ListAsync).WithName("list_alerts").WithSummary("Lists alerts, newest first.").Needs(Permission.ReadAlerts);
        alerts.MapGet("/{id}", FindAsync).WithName("get_alert").WithSummary("An alert in the normal form and as received, with its runs.")
            .ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.ReadAlerts);

        void Delivers(RouteHandlerBuilder route) => route.WithMetadata(new BodyLimit(options.AlertBytes)).Accepts<JsonElement>("application/json", OtherForms)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable).Needs(Permission.WriteAlerts);
    }

    private static async Task<Ok<Page<AlertListItem>>> ListAsync(
        ResponderNode node, CancellationToken cancel, string? source = null, string? status = null, int? severity = null, string? technique = null, string? host = null,
        string? user = null, int? limit = null, string? cursor = null)
    {
        var page = await node.Store.Queries.AlertsAsync(new AlertFilter(source, status, severity, technique, host, user, Paging.Of(limit), cursor), cancel);
        return TypedResults.Ok(new Page<AlertListItem>([.. page.Items.Select(AlertListItem.Of)], page.Next));
    }

    /// <summary>An alert with its whole explanation; null where there is none.</summary>
    public static async Task<AlertRow?> ExplainedAsync(string id, ResponderNode node, CancellationToken cancel)
    {
        if (await node.Store.Queries.AlertAsync(id, cancel) is not { } row)
        {
            return null;
        }

        return row.Explanation is { ValueKind: JsonValueKind.Object } kept && kept.TryGetProperty("playbooks", out var set) && await node.Store.Definitions.GetAsync(set.GetString()!, cancel) is { } ids
            ? row with { Explanation = MatchExplanation.WithFalse(kept, JsonSerializer.Deserialize<List<string>>(ids)!) }
            : row;
    }

    private static async Task<Results<Ok<AlertView>, ProblemHttpResult>> FindAsync(string id, ResponderNode node, CancellationToken cancel)
    {
        if (await ExplainedAsync(id, node, cancel) is not { } row)
        {
            return Problems.NotFound($"There is no alert {id}.");
        }

        var runs = await node.Store.Queries.ListAsync(new RunFilter(AlertId: id, Limit: 500), cancel);
        return TypedResults.Ok(AlertView.Of(row, runs.Items));
    }
}

/// <summary>An alert for lists.</summary>
internal sealed record AlertListItem(string Id, string Source, DateTimeOffset ReceivedAt, string Status, string Title, int? Severity, string? Host, string? User)
{
    public static AlertListItem Of(AlertRow row) => new(row.Id, row.Source, row.ReceivedAt, row.Status, row.Title, row.Severity, row.Host, row.User);
}

/// <summary>An alert with all that is known of it.</summary>
internal sealed record AlertView(
    string Id, string Source, DateTimeOffset ReceivedAt, string Status, string Title, JsonElement Alert, JsonElement Raw, JsonElement? Explanation, IReadOnlyList<RunListItem> Runs)
{
    public static AlertView Of(AlertRow row, IReadOnlyList<RunListItem> runs) =>
        new(row.Id, row.Source, row.ReceivedAt, row.Status, row.Title, row.Normal, JsonSerializer.Deserialize<JsonElement>(row.Raw), row.Explanation, runs);
}
