using Responder.Connectors.ActiveDirectory.Accounts;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;
using Responder.Sdk.Directory;
using Responder.Sdk.Identity;

namespace Responder.Connectors.ActiveDirectory.Actions;

/// <summary>The same bit again changes nothing; the state is read first.</summary>
[Recovery(Recover.Repeat)]
internal sealed class DisableComputerHandler(LdapPool pool, Accounts.Directory directory) : IActionHandler<DisableComputer, AccountState>, IReadsBefore<DisableComputer>
{
    public Task<Outcome<AccountState>> RunAsync(DisableComputer action, ActionContext context) => Enabling.SetAsync(pool, directory.ComputerAsync, action.Hostname, enable: false, context);

    public Task<Before> BeforeAsync(DisableComputer action, ActionContext context) => Enabling.BeforeAsync(pool, directory.ComputerAsync, action.Hostname, enable: false, context);
}
