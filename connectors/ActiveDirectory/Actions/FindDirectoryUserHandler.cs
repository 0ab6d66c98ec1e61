using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;
using Responder.Sdk.Directory;

namespace Responder.Connectors.ActiveDirectory.Actions;

internal sealed class FindDirectoryUserHandler(LdapPool pool, Accounts.Directory directory) : IActionHandler<FindDirectoryUser, DirectoryUserFound>
{
    public async Task<Outcome<DirectoryUserFound>> RunAsync(FindDirectoryUser action, ActionContext context)
    {
        await using var lease = await pool.RentAsync(context.Cancel);
        var user = await directory.UserAsync(lease, action.User, context.Cancel);
        return new DirectoryUserFound(user.Dn, user.Name, user.Shown ?? user.Name, user.Mail ?? user.Upn, user.Enabled, Sid.Text(user.Sid), user.LastLogonAt);
    }
}
