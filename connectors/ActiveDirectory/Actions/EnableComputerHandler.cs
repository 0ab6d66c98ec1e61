using Responder.Connectors.ActiveDirectory.Accounts;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;
using Responder.Sdk.Directory;
using Responder.Sdk.Identity;

namespace Responder.Connectors.ActiveDirectory.Actions;

/// <summary>The same bit again changes nothing; the state is read first.</summary>
[Recovery(Recover.Repeat)]
internal sealed class EnableComputerHandler(LdapPool pool, Accounts.Directory directory) : IActionHandler<EnableComputer, AccountState>, IReadsBefore<EnableComputer>
{
    public Task<Outcome<AccountState>> RunAsync(EnableComputer action, ActionContext context) => Enabling.SetAsync(pool, directory.ComputerAsync, action.Hostname, enable: true, context);

    public Task<Before> BeforeAsync(EnableComputer action, ActionContext context) => Enabling.BeforeAsync(pool, directory.ComputerAsync, action.Hostname, enable: true, context);
}
