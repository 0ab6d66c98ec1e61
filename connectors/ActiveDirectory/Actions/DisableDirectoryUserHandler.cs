using Responder.Connectors.ActiveDirectory.Accounts;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;
using Responder.Sdk.Directory;
using Responder.Sdk.Identity;

namespace Responder.Connectors.ActiveDirectory.Actions;

/// <summary>The same bit again changes nothing; the state is read first.</summary>
[Recovery(Recover.Repeat)]
internal sealed class DisableDirectoryUserHandler(LdapPool pool, Accounts.Directory directory) : IActionHandler<DisableDirectoryUser, AccountState>, IReadsBefore<DisableDirectoryUser>
{
    public Task<Outcome<AccountState>> RunAsync(DisableDirectoryUser action, ActionContext context) => Enabling.SetAsync(pool, directory.UserAsync, action.User, enable: false, context);

    public Task<Before> BeforeAsync(DisableDirectoryUser action, ActionContext context) => Enabling.BeforeAsync(pool, directory.UserAsync, action.User, enable: false, context);
}
