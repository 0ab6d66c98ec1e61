using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Hosting;
using Responder.Web.Access;

namespace Responder.Web.Api;

/// <summary><c>/healthz</c> and <c>/readyz</c>. Anybody may ask, so they say how it stands and not why.</summary>
internal static class HealthApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Ok(new Alive("alive"))).WithTags("health").WithName("is_alive").WithSummary("The process is alive.").ForAnybody();
        routes.MapGet("/readyz", ReadyAsync).WithTags("health").WithName("is_ready").WithSummary("It takes alerts and drives runs: 503 where it does not.")
            .Produces<Readiness>(StatusCodes.Status503ServiceUnavailable).ForAnybody();
    }

    private static async Task<JsonHttpResult<Readiness>> ReadyAsync(ResponderNode node, CancellationToken cancel)
    {
        var store = node.Store.Health.CanWrite ? await ReadsAsync(node, cancel) ? "ready" : "can't be read" : "can't write";
        var engine = node.Sweeper.HasRecovered ? "ready" : "recovering";
        var ready = store == "ready";
        return TypedResults.Json(new Readiness(ready ? engine : "not_ready", store, engine), statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<bool> ReadsAsync(ResponderNode node, CancellationToken cancel)
    {
        try
        {
            await node.Store.KillSwitch.ReadAsync(cancel).WaitAsync(Patience, cancel);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>The process is alive.</summary>
internal sealed record Alive(string Status);

/// <summary>Whether it is ready.</summary>
/// <param name="Status"><c>ready</c>, <c>recovering</c> (it takes alerts, and goes through what was left behind), <c>not_ready</c>.</param>
/// <param name="Store">The store.</param>
/// <param name="Engine">The engine.</param>
internal sealed record Readiness(string Status, string Store, string Engine);
