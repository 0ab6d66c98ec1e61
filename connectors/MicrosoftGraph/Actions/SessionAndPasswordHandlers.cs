using Microsoft.Graph.Models;
using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk;
using Responder.Sdk.Identity;

namespace Responder.Connectors.MicrosoftGraph.Actions;

/// <summary>A repeat moves the time on, and whoever signed in meanwhile signs in once more.</summary>
[Recovery(Recover.Repeat)]
internal sealed class RevokeSessionsHandler(GraphApi graph, GraphUsers users) : IActionHandler<RevokeSessions, SessionsRevoked>
{
    public async Task<Outcome<SessionsRevoked>> RunAsync(RevokeSessions action, ActionContext context)
    {
        var user = await users.FindAsync(action.User, context.Cancel);
        var done = await graph.Client.Users[user.Id].RevokeSignInSessions.PostAsRevokeSignInSessionsPostResponseAsync(GraphApi.Acts(context), CancellationToken.None);
        if (done?.Value == false)
        {
            throw new ActionFailure(FailureKind.Conflict, $"Graph did not end the sessions of {user.UserPrincipalName}.") { Code = "not_revoked" };
        }

        var after = await ReadBack.UntilAsync(() => users.GetAsync(user.Id!, CancellationToken.None), _ => true, $"when the sessions of {user.UserPrincipalName} ended", context);
        return new SessionsRevoked(user.Id!, after.SignInSessionsValidFromDateTime is { } from && from != user.SignInSessionsValidFromDateTime ? from : context.Time.GetUtcNow());
    }
}

/// <summary>The password goes in a call of its own: together with the disabling, a missing permission for the one would undo the other.</summary>
[Recovery(Recover.Repeat)]
internal sealed class ResetPasswordHandler(GraphApi graph, GraphUsers users) : IActionHandler<ResetPassword, PasswordReset>
{
    public async Task<Outcome<PasswordReset>> RunAsync(ResetPassword action, ActionContext context)
    {
        var user = await users.FindAsync(action.User, context.Cancel);
        await graph.Client.Users[user.Id].PatchAsync(
            new User { PasswordProfile = new PasswordProfile { Password = RandomPassword.Make().Reveal(), ForceChangePasswordNextSignIn = true } }, GraphApi.Acts(context), CancellationToken.None);
        return new PasswordReset(user.Id!, MustChange: true, context.Time.GetUtcNow(), user.OnPremisesSyncEnabled == true);
    }
}
