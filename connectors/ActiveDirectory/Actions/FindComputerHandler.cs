using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;
using Responder.Sdk.Directory;

namespace Responder.Connectors.ActiveDirectory.Actions;

internal sealed class FindComputerHandler(LdapPool pool, Accounts.Directory directory) : IActionHandler<FindComputer, ComputerFound>
{
    public async Task<Outcome<ComputerFound>> RunAsync(FindComputer action, ActionContext context)
    {
        await using var lease = await pool.RentAsync(context.Cancel);
        var computer = await directory.ComputerAsync(lease, action.Hostname, context.Cancel);
        return new ComputerFound(computer.Dn, computer.Name.TrimEnd('$'), computer.Os, computer.Enabled, computer.DomainController);
    }
}
