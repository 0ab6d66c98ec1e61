using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Journal;
using Responder.Hosting;
using Responder.Hosting.Feeds;
using Responder.Web.Access;

namespace Responder.Web.Api;

/// <summary><c>/api/feeds</c> and <c>/api/errands</c>: how fetching alerts stands, and what is still to be done outside.</summary>
internal static class FeedsApi
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/feeds", (NodeWork work) => TypedResults.Ok(new FeedList([.. work.Feeds.Select(FeedView.Of)])))
            .WithTags("connectors").WithName("list_feeds").WithSummary("The connections whose alerts are fetched, and how that stands.").Needs(Permission.ReadConnectors);
        routes.MapGet("/api/errands", ErrandsAsync)
            .WithTags("connectors").WithName("list_errands").WithSummary("What is to be done outside: alerts to be completed or written back; given up ones first.").Needs(Permission.ReadConnectors);
    }

    private static async Task<Ok<ErrandList>> ErrandsAsync(ResponderNode node, CancellationToken cancel) => TypedResults.Ok(new ErrandList(await node.Store.Errands.ListAsync(Most, cancel)));
}

/// <summary>The feeds.</summary>
internal sealed record FeedList(IReadOnlyList<FeedView> Items);

/// <summary>A feed.</summary>
internal sealed record FeedView(string Connection, string Source, double EverySeconds, DateTimeOffset? Cursor, DateTimeOffset? LastOkAt, string? Error, long Fetched, string? FetchedBy)
{
    public static FeedView Of(FeedStatus status) => new(status.Connection, status.Source, status.Every.TotalSeconds, status.Cursor, status.LastOkAt, status.Error, status.Fetched, status.FetchedBy);
}

/// <summary>The errands.</summary>
internal sealed record ErrandList(IReadOnlyList<Errand> Items);
