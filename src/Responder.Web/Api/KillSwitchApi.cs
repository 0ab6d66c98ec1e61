using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Journal;
using Responder.Hosting;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/kill-switch</c>: while it is on, no step with an effect starts anywhere.</summary>
internal static class KillSwitchApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var killSwitch = routes.MapGroup("/api/kill-switch").WithTags("kill switch");
        killSwitch.MapGet("", ReadAsync).WithName("get_kill_switch").WithSummary("Which switches are thrown, and which effects are in flight.").Needs(Permission.ReadKillSwitch);
        killSwitch.MapPut("", SetAsync).WithName("set_kill_switch").WithSummary("Throws or lifts the switch for all, for one connector or for one playbook.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Needs(Permission.WriteKillSwitch);
    }

    private static async Task<Ok<KillSwitchView>> ReadAsync(ResponderNode node, CancellationToken cancel) => TypedResults.Ok(await ViewAsync(node, cancel));

    private static async Task<Results<Ok<KillSwitchView>, ProblemHttpResult>> SetAsync(
        KillSwitchOrder body, ClaimsPrincipal user, ResponderNode node, TimeProvider time, CancellationToken cancel)
    {
        if ((body.Scope, body.Name) is not (("all", "") or ("connector" or "playbook", { Length: > 0 })))
        {
            return Problems.Invalid("`scope` is `all`, or `connector` or `playbook` with its `name`.");
        }

        await node.Store.KillSwitch.SetAsync(new KillSwitchRow(body.Scope, body.Name, Caller.Of(user).By, body.Reason ?? "no reason given", time.GetUtcNow()), body.On, cancel);
        return TypedResults.Ok(await ViewAsync(node, cancel));
    }

    private static async Task<KillSwitchView> ViewAsync(ResponderNode node, CancellationToken cancel)
    {
        var thrown = await node.Store.KillSwitch.ReadAsync(cancel);
        return new KillSwitchView(thrown.Any(one => one.Scope == "all"), thrown, await node.Store.Queries.InFlightAsync(cancel));
    }
}

/// <summary>The kill switch to set.</summary>
/// <param name="On">True throws it, false lifts it.</param>
/// <param name="Scope"><c>all</c>, <c>connector</c>, <c>playbook</c>.</param>
/// <param name="Name">The connector's or playbook's name; empty for all.</param>
/// <param name="Reason">Why, for the others.</param>
internal sealed record KillSwitchOrder(bool On, string Scope = "all", string Name = "", string? Reason = null);

/// <summary>How the kill switch stands.</summary>
/// <param name="On">True where it is thrown for all.</param>
/// <param name="Thrown">Every switch that is thrown.</param>
/// <param name="InFlight">Effects whose intent was committed before and whose call may be on its way.</param>
internal sealed record KillSwitchView(bool On, IReadOnlyList<KillSwitchRow> Thrown, IReadOnlyList<EffectRow> InFlight);
