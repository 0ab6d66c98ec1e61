using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Hosting;
using Responder.Web.Access;
using Responder.Web.Server;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/approvals</c>: what waits for people, and their decisions.</summary>
internal static class ApprovalsApi
{
    private static readonly string[] States = ["pending", "closed"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var approvals = routes.MapGroup("/api/approvals").WithTags("approvals");
        approvals.MapGet("", ListAsync).WithName("list_approvals").WithSummary("Lists approvals, the nearest deadline first.")
            .ProducesProblem(StatusCodes.Status400BadRequest).Needs(Permission.ReadApprovals);
        approvals.MapGet("/{id}", FindAsync).WithName("get_approval").WithSummary("An approval with all that is to be looked at before deciding.")
            .ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.ReadApprovals);
        approvals.MapPost("/{id}", AnswerAsync).WithName("answer_approval").WithSummary("Decides. The hash is that of what was shown, so that nothing else is approved.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Needs(Permission.AnswerApprovals);
    }

    private static async Task<Ok<Page<ApprovalRow>>> ListAsync(
        ResponderNode node, CancellationToken cancel, string? status = null, string? run_id = null, int? limit = null, string? cursor = null) =>
        status is null || States.Contains(status)
            ? TypedResults.Ok(await node.Store.Queries.ApprovalsAsync(status, run_id, Paging.Of(limit), cursor, cancel))
            : throw new BadHttpRequestException($"`status` is none: '{status}'; there are {string.Join(", ", States)}.");

    private static async Task<Results<Ok<ApprovalRow>, ProblemHttpResult>> FindAsync(string id, ResponderNode node, CancellationToken cancel) =>
        await node.Store.Queries.ApprovalAsync(id, cancel) is { } row ? TypedResults.Ok(row) : NoApproval(id);

    private static async Task<Results<Ok<ApprovalRow>, ProblemHttpResult>> AnswerAsync(
        string id, Decision body, ClaimsPrincipal user, ResponderNode node, CancellationToken cancel)
    {
        var result = await RunDoor.AnswerAsync(node, id, Caller.Of(user), body, "api", cancel);
        return result.Status == SignalStatus.Taken ? TypedResults.Ok((await node.Store.Queries.ApprovalAsync(id, cancel))!) : Problems.Of(result);
    }

    private static ProblemHttpResult NoApproval(string id) => Problems.NotFound($"There is no approval {id}.");
}

/// <summary>A decision.</summary>
/// <param name="Choice">One of the gate's choices.</param>
/// <param name="Fields">The gate's form, filled in.</param>
/// <param name="Comment">The approver's words, kept in the journal.</param>
/// <param name="Hash">The <c>gate.hash</c> of what was shown.</param>
internal sealed record Decision(string Choice, JsonElement? Fields = null, string? Comment = null, string? Hash = null);
