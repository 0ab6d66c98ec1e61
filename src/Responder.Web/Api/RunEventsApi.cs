using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Journal;
using Responder.Hosting;
using Responder.Web.Access;
using Responder.Web.Live;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/runs/{id}/events</c>: a run's journal, page by page or as it is written.</summary>
internal static class RunEventsApi
{
    private const string Stream = "text/event-stream";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/runs/{id}/events", ReadAsync).WithTags("runs").WithName("list_run_events")
        .WithSummary("A run's journal; with `Accept: text/event-stream` it follows live, from `Last-Event-ID` on, to the run's end.")
        .Produces<string>(StatusCodes.Status200OK, Stream).ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.ReadRuns);

    private static async Task<Results<Ok<Page<RunEventView>>, EventStream, ProblemHttpResult>> ReadAsync(
        string id, HttpRequest request, ResponderNode node, IHostApplicationLifetime life, CancellationToken cancel, int? limit = null, string? cursor = null)
    {
        var follows = request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals(Stream, StringComparison.OrdinalIgnoreCase));
        var after = Number(follows && cursor is null ? request.Headers["Last-Event-ID"].FirstOrDefault() : cursor);
        if (follows)
        {
            return await node.Store.Queries.FindAsync(id, cancel) is null
                ? NoRun(id)
                : new EventStream(id, after, node.Store.Journal, node.Store.Feed, life.ApplicationStopping);
        }

        var size = Paging.Of(limit);
        if (await node.Store.Journal.ReadAsync(id, after, cancel) is not { } stored)
        {
            return NoRun(id);
        }

        var page = stored.Events.Take(size).Select(RunEventView.Of).ToList();
        return TypedResults.Ok(new Page<RunEventView>(page, stored.Events.Count > size ? page[^1].Seq.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static long Number(string? text) => string.IsNullOrEmpty(text) ? 0 : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new BadHttpRequestException($"'{text}' is no event's number: take it from the page before, or from the last event's `id`.");

    private static ProblemHttpResult NoRun(string id) => Problems.NotFound($"There is no run {id}.");
}

/// <summary>A line of a run's journal.</summary>
/// <param name="Seq">1, 2, 3, … in its run.</param>
/// <param name="At">When.</param>
/// <param name="Type">What happened: <c>step_ended</c>.</param>
/// <param name="Data">The particulars.</param>
internal sealed record RunEventView(long Seq, DateTimeOffset At, string Type, JsonElement Data)
{
    public static RunEventView Of(StoredEvent stored) => new(stored.Seq, stored.At, stored.Type, JsonSerializer.Deserialize<JsonElement>(stored.Payload.Span));
}
