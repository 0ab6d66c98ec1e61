using Responder.Connectors.ActiveDirectory.Accounts;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;
using Responder.Sdk.Directory;
using Responder.Sdk.Identity;

namespace Responder.Connectors.ActiveDirectory.Actions;

/// <summary>The same bit again changes nothing; the state is read first.</summary>
[Recovery(Recover.Repeat)]
internal sealed class EnableDirectoryUserHandler(LdapPool pool, Accounts.Directory directory) : IActionHandler<EnableDirectoryUser, AccountState>, IReadsBefore<EnableDirectoryUser>
{
    public Task<Outcome<AccountState>> RunAsync(EnableDirectoryUser action, ActionContext context) => Enabling.SetAsync(pool, directory.UserAsync, action.User, enable: true, context);

    public Task<Before> BeforeAsync(EnableDirectoryUser action, ActionContext context) => Enabling.BeforeAsync(pool, directory.UserAsync, action.User, enable: true, context);
}
