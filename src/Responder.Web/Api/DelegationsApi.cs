using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Approvals;
using Responder.Engine.Runs;
using Responder.Hosting;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/delegations</c>: who goes away gives a role to another for a while. It ends by itself.</summary>
internal static class DelegationsApi
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var delegations = routes.MapGroup("/api/delegations").WithTags("approvals");
        delegations.MapGet("", ListAsync).WithName("list_delegations").WithSummary("The delegations in force, the nearest end first.").Needs(Permission.ReadApprovals);
        delegations.MapPost("", MakeAsync).WithName("delegate").WithSummary("Gives roles of your own to another, until a time. Who has them answers on your behalf, and the two of you count as one.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Needs(Permission.AnswerApprovals);
        delegations.MapDelete("/{id}", EndAsync).WithName("end_delegation").WithSummary("Ends a delegation now: one that you gave or were given; an admin any.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.AnswerApprovals);
    }

    private static async Task<Ok<DelegationList>> ListAsync(ResponderNode node, TimeProvider time, CancellationToken cancel) =>
        TypedResults.Ok(new DelegationList(await node.Store.Delegations.ListAsync(time.GetUtcNow(), cancel)));

    private static async Task<Results<Created<DelegationRow>, ProblemHttpResult>> MakeAsync(
        DelegationOrder body, ClaimsPrincipal user, ResponderNode node, IIds ids, TimeProvider time, CancellationToken cancel)
    {
        var (caller, now) = (Caller.Of(user), time.GetUtcNow());
        if (string.IsNullOrWhiteSpace(body.To) || body.Roles is not { Count: > 0 } || body.Until <= now || body.Until > now + Longest)
        {
            return Problems.Invalid("A delegation has `to`, `roles`, and `until`: a time to come, at most 30 days from now.");
        }

        if (string.Equals(body.To, caller.By, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.Invalid("You have your roles already.");
        }

        // Of one's own only, and none that was given: what is given on has no end that anybody sees.
        if (body.Roles.FirstOrDefault(role => !Roles.All.Contains(role) || !caller.Roles.Any(own => Roles.Covers(own, role))) is { } missing)
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "The role is not yours to give", $"You do not have the role '{missing}'; you have {string.Join(", ", caller.Roles)}.");
        }

        var row = new DelegationRow(ids.New(), caller.By, body.To.Trim(), body.Roles, body.Reason ?? "no reason given", now, body.Until);
        await node.Store.Delegations.PutAsync(row, cancel);
        return TypedResults.Created($"/api/delegations/{row.Id}", row);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(string id, ClaimsPrincipal user, ResponderNode node, TimeProvider time, CancellationToken cancel)
    {
        var (caller, now) = (Caller.Of(user), time.GetUtcNow());
        if ((await node.Store.Delegations.ListAsync(now, cancel)).FirstOrDefault(one => one.Id == id) is not { } row)
        {
            return Problems.NotFound($"There is no delegation {id} in force.");
        }

        if (!caller.Roles.Contains(Roles.Admin) && row.From != caller.By && row.To != caller.By)
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "It is not yours to end", "Who gave it, who has it, and an admin can end it.");
        }

        await node.Store.Delegations.EndAsync(id, caller.By, now, cancel);
        return TypedResults.NoContent();
    }
}

/// <summary>The delegations in force.</summary>
internal sealed record DelegationList(IReadOnlyList<DelegationRow> Items);

/// <summary>A delegation to make.</summary>
/// <param name="To">Who gets the roles, as journals name them: <c>key:NAME (ID)</c>.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Until">Until when.</param>
/// <param name="Reason">Why.</param>
internal sealed record DelegationOrder(string To, IReadOnlyList<string> Roles, DateTimeOffset Until, string? Reason = null);
