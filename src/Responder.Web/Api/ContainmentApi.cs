using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Hosting;
using Responder.Hosting.Containment;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/containment</c> and <c>/api/runs/{id}/undo</c>: what is in force, and how it is taken back.</summary>
internal static class ContainmentApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/containment", ListAsync).WithTags("containment").WithName("list_containment")
            .WithSummary("What is isolated or disabled now, by which run and whom, why, until when.").Needs(Permission.ReadRuns);
        var undo = routes.MapGroup("/api/runs/{id}/undo").WithTags("runs");
        undo.MapGet("", PlanAsync).WithName("plan_undo").WithSummary("What taking a run back would do: first what stays and why, then what is called, in order.")
            .ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.ReadRuns);
        undo.MapPost("", StartAsync).WithName("undo_run").WithSummary("Takes back what a run did, by a run of its own that asks a lead first.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Needs(Permission.UndoRuns);
    }

    private static async Task<Ok<ContainmentPage>> ListAsync(ResponderNode node, CancellationToken cancel) =>
        TypedResults.Ok(new ContainmentPage(await ContainmentList.ReadAsync(node, cancel)));

    private static async Task<Results<Ok<UndoView>, ProblemHttpResult>> PlanAsync(string id, ResponderNode node, CancellationToken cancel) =>
        await new UndoDesk(node).PlanAsync(id, cancel) is { } plan ? TypedResults.Ok(UndoView.Of(id, plan)) : Problems.NotFound($"There is no run {id}.");

    private static async Task<Results<Accepted<UndoBegun>, ProblemHttpResult>> StartAsync(
        string id, UndoReason body, ClaimsPrincipal user, ResponderNode node, ServerOptions options, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(body.Reason))
        {
            return Problems.Invalid("`reason` is missing: it stays in the journal, and is written into a ticket that is opened again.");
        }

        var desk = new UndoDesk(node);
        if (await desk.PlanAsync(id, cancel) is not { } plan)
        {
            return Problems.NotFound($"There is no run {id}.");
        }

        if (plan.Inverses.Count == 0)
        {
            return Problems.Conflict($"There is nothing of run {id} to take back{(plan.Left.Count == 0 ? "." : $": {string.Join("; ", plan.Left.Select(one => $"{one.Action} on {one.Target}: {one.Why}"))}.")}");
        }

        var run = await desk.StartAsync(plan, new UndoOrder(id, body.Reason, Caller.Of(user).By, PageAddress: options.PublicAddress), drive: true, cancel);
        return run.Status == "skipped"
            ? Problems.Conflict($"Run {run.Holder} takes it back already.")
            : TypedResults.Accepted($"/api/runs/{run.RunId}", new UndoBegun(run.RunId, UndoView.Of(id, plan)));
    }
}

/// <summary>What is in force.</summary>
internal sealed record ContainmentPage(IReadOnlyList<ContainmentView> Items);

/// <summary>Why a run is taken back.</summary>
/// <param name="Reason">For the journal and the ticket.</param>
internal sealed record UndoReason(string? Reason = null);

/// <summary>The run that takes another back; it waits for a lead.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Plan">What it does.</param>
internal sealed record UndoBegun(string RunId, UndoView Plan);
