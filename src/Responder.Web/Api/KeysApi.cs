using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Access;
using Responder.Hosting;
using Responder.Hosting.Intake;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/keys</c>: the keys of machines.</summary>
internal static class KeysApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/keys").WithTags("keys");
        keys.MapGet("", ListAsync).WithName("list_keys").WithSummary("The API keys, newest first; never their text.").Needs(Permission.ManageKeys);
        keys.MapPost("", MakeAsync).WithName("make_key").WithSummary("Makes an API key. Its text is in this answer and nowhere else.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Needs(Permission.ManageKeys);
        keys.MapDelete("/{id}", RevokeAsync).WithName("revoke_key").WithSummary("Revokes an API key; it is good for nothing from then on.")
            .ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.ManageKeys);
    }

    private static async Task<Ok<KeyList>> ListAsync(ResponderNode node, CancellationToken cancel) => TypedResults.Ok(new KeyList(await node.Store.ApiKeys.ListAsync(cancel)));

    private static async Task<Results<Created<NewKey>, ProblemHttpResult>> MakeAsync(
        KeyOrder body, ClaimsPrincipal user, KeyMaker maker, AlertIntake intake, CancellationToken cancel)
    {
        var caller = Caller.Of(user);

        // Nobody gives what they have not: a key that may make keys must not be a way to everything.
        if (body.Scopes.FirstOrDefault(scope => !caller.Scopes.Contains(Scopes.Everything) && !caller.Roles.Contains(Roles.Admin) && !caller.Scopes.Contains(scope)) is { } missing)
        {
            return Scopes.Problem(missing, intake.Knows) is { } unknown
                ? Problems.Invalid(unknown)
                : Problems.Of(StatusCodes.Status403Forbidden, "The scope is not yours to give", $"Your own key has no scope '{missing}'.");
        }

        var made = await maker.MakeAsync(body, caller.By, intake.Knows, cancel);
        return made.Row is { } row
            ? TypedResults.Created($"/api/keys/{row.Id}", new NewKey(row.Id, row.Name, row.Scopes, row.CreatedAt, made.Text!, row.AllowedFrom, row.PerMinute, row.Signs))
            : made.Taken ? Problems.Conflict(made.Problem!) : Problems.Invalid(made.Problem!);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string id, ClaimsPrincipal user, ResponderNode node, TimeProvider time, CancellationToken cancel) =>
        await node.Store.ApiKeys.RevokeAsync(id, Caller.Of(user).By, time.GetUtcNow(), cancel) ? TypedResults.NoContent() : Problems.NotFound($"There is no key {id} in force.");
}

/// <summary>The keys.</summary>
internal sealed record KeyList(IReadOnlyList<ApiKeyRow> Items);

/// <summary>A new key, with its text.</summary>
internal sealed record NewKey(
    string Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string Key, IReadOnlyList<string> AllowedFrom, int? PerMinute, bool Signs);
