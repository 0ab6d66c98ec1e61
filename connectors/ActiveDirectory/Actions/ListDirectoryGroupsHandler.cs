using Responder.Connectors.ActiveDirectory.Accounts;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;
using Responder.Sdk.Directory;
using Responder.Sdk.Identity;

namespace Responder.Connectors.ActiveDirectory.Actions;

internal sealed class ListDirectoryGroupsHandler(LdapPool pool, Accounts.Directory directory, Domain domain, ActiveDirectorySettings settings) : IActionHandler<ListDirectoryGroups, GroupsListed>
{
    public async Task<Outcome<GroupsListed>> RunAsync(ListDirectoryGroups action, ActionContext context)
    {
        await using var lease = await pool.RentAsync(context.Cancel);
        var user = await directory.UserAsync(lease, action.User, context.Cancel);
        var (groups, privileged, _) = await Memberships.ReadAsync(lease, await domain.NamesAsync(lease, context.Cancel), user, settings.PrivilegedGroups, context.Cancel);
        return new GroupsListed(groups, privileged);
    }
}
