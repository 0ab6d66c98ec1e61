using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Mock.Actions.Identity;

[Recovery(Recover.Repeat)]
internal sealed class RevokeSessionsHandler(MockEstate estate) : IActionHandler<RevokeSessions, SessionsRevoked>
{
    public async Task<Outcome<SessionsRevoked>> RunAsync(RevokeSessions action, ActionContext context)
    {
        var (id, upn) = estate.Read(company => (company.Identity.User(action.User).Id, company.Identity.User(action.User).Upn));
        await context.ConfirmMayActAsync();
        var (effect, now) = estate.DoOnce(EffectBy.Step("identity.revoke_sessions", upn, context), _ => new CloudUserChanged(id, SessionsEnded: true));
        var answer = new SessionsRevoked(id, effect!.At);
        return now ? answer : Outcome.AlreadySo(answer);
    }
}

[Recovery(Recover.Repeat)]
internal sealed class ResetPasswordHandler(MockEstate estate) : IActionHandler<ResetPassword, PasswordReset>
{
    public async Task<Outcome<PasswordReset>> RunAsync(ResetPassword action, ActionContext context)
    {
        var (id, upn, synced) = estate.Read(company => company.Identity.User(action.User) is var user ? (user.Id, user.Upn, user.OnPremisesSynced) : default);
        var password = RandomPassword.Make();
        await context.ConfirmMayActAsync();
        var (effect, now) = estate.DoOnce(EffectBy.Step("identity.reset_password", upn, context), _ => password.IsEmpty ? null : new CloudUserChanged(id, PasswordSet: true));
        var answer = new PasswordReset(id, MustChange: true, effect!.At, synced);
        return now ? answer : Outcome.AlreadySo(answer);
    }
}
