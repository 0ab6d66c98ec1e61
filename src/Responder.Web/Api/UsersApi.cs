using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Access;
using Responder.Hosting;
using Responder.Web.Access;
using Responder.Web.People;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/users</c>: the local accounts of people.</summary>
internal static class UsersApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/users").WithTags("users");
        users.MapGet("", ListAsync).WithName("list_users").WithSummary("The local accounts.").Needs(Permission.ManageUsers);
        users.MapPost("", InviteAsync).WithName("invite_user").WithSummary("Invites somebody, or gives them a new link and ends what they had. The link is in this answer and nowhere else.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Needs(Permission.ManageUsers);
        users.MapPost("/{name}/disable", DisableAsync).WithName("disable_user").WithSummary("Disables an account and ends its sessions.")
            .ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.ManageUsers);
    }

    private static async Task<Ok<UserList>> ListAsync(ResponderNode node, CancellationToken cancel) =>
        TypedResults.Ok(new UserList([.. (await node.Store.Users.ListAsync(cancel)).Select(UserView.Of)]));

    private static async Task<Results<Ok<InvitedUser>, ProblemHttpResult>> InviteAsync(
        UserOrder body, ClaimsPrincipal user, Accounts accounts, ServerOptions options, HttpRequest request, CancellationToken cancel)
    {
        var made = await accounts.InviteAsync(body.Name, body.Roles, Caller.Of(user).By, cancel);
        return made.User is { } row
            ? TypedResults.Ok(new InvitedUser(row.Name, row.Roles, (options.PublicAddress ?? $"{request.Scheme}://{request.Host}{request.PathBase}").TrimEnd('/') + made.Path, row.InviteUntil!.Value))
            : Problems.Invalid(made.Problem!);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DisableAsync(string name, ClaimsPrincipal user, Accounts accounts, CancellationToken cancel) =>
        await accounts.DisableAsync(name, Caller.Of(user).By, cancel) ? TypedResults.NoContent() : Problems.NotFound($"There is no account '{name}'.");
}

/// <summary>The accounts.</summary>
internal sealed record UserList(IReadOnlyList<UserView> Items);

/// <summary>An account; never a hash of it.</summary>
internal sealed record UserView(
    string Name, IReadOnlyList<string> Roles, string Status, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt, DateTimeOffset? DisabledAt, DateTimeOffset? LockedUntil, bool HasCodes)
{
    public static UserView Of(UserRow row) => new(
        row.Name, row.Roles, Accounts.StatusOf(row), row.CreatedBy, row.CreatedAt, row.LastSignInAt, row.DisabledAt, row.LockedUntil, row.CodeSecret is not null);
}

/// <summary>Somebody to invite.</summary>
/// <param name="Name">The name that they sign in with.</param>
/// <param name="Roles">Their roles; as they are where it is left out and the account is here.</param>
internal sealed record UserOrder(string Name, IReadOnlyList<string>? Roles = null);

/// <summary>Somebody who was invited.</summary>
internal sealed record InvitedUser(string Name, IReadOnlyList<string> Roles, string Link, DateTimeOffset Until);
