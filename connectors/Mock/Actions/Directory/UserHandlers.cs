using Responder.Sdk;
using Responder.Sdk.Directory;
using Responder.Sdk.Estate;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Mock.Actions.Directory;

[Recovery(Recover.Repeat)]
internal sealed class DisableDirectoryUserHandler(MockEstate estate) : IActionHandler<DisableDirectoryUser, AccountState>, IReadsBefore<DisableDirectoryUser>
{
    public Task<Outcome<AccountState>> RunAsync(DisableDirectoryUser action, ActionContext context) =>
        DirectoryAccounts.EnableUserAsync(estate, "directory.disable_user", action.User, enable: false, context);

    public Task<Before> BeforeAsync(DisableDirectoryUser action, ActionContext context) => DirectoryAccounts.UserBefore(estate, action.User, wanted: false);
}

[Recovery(Recover.Repeat)]
internal sealed class EnableDirectoryUserHandler(MockEstate estate) : IActionHandler<EnableDirectoryUser, AccountState>, IReadsBefore<EnableDirectoryUser>
{
    public Task<Outcome<AccountState>> RunAsync(EnableDirectoryUser action, ActionContext context) =>
        DirectoryAccounts.EnableUserAsync(estate, "directory.enable_user", action.User, enable: true, context);

    public Task<Before> BeforeAsync(EnableDirectoryUser action, ActionContext context) => DirectoryAccounts.UserBefore(estate, action.User, wanted: true);
}

[Recovery(Recover.Repeat)]
internal sealed class ResetDirectoryPasswordHandler(MockEstate estate) : IActionHandler<ResetDirectoryPassword, PasswordReset>
{
    public async Task<Outcome<PasswordReset>> RunAsync(ResetDirectoryPassword action, ActionContext context)
    {
        var (dn, account) = estate.Read(company => (company.Directory.User(action.User).Dn, company.Directory.User(action.User).Account));
        var password = RandomPassword.Make();
        await context.ConfirmMayActAsync();
        var (effect, now) = estate.DoOnce(
            EffectBy.Step("directory.reset_password", account, context), _ => password.IsEmpty ? null : new DirectoryUserChanged(account, PasswordSet: true));
        var answer = new PasswordReset(dn, MustChange: true, effect!.At);
        return now ? answer : Outcome.AlreadySo(answer);
    }
}
