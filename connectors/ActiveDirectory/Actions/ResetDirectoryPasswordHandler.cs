using System.DirectoryServices.Protocols;
using System.Text;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;
using Responder.Sdk.Directory;
using Responder.Sdk.Identity;

namespace Responder.Connectors.ActiveDirectory.Actions;

/// <summary>Password and must-change in one modification, so that there is never the one without the other. Again: another value that nobody keeps.</summary>
[Recovery(Recover.Repeat)]
internal sealed class ResetDirectoryPasswordHandler(LdapPool pool, Accounts.Directory directory) : IActionHandler<ResetDirectoryPassword, PasswordReset>
{
    public async Task<Outcome<PasswordReset>> RunAsync(ResetDirectoryPassword action, ActionContext context)
    {
        await using var lease = await pool.RentAsync(context.Cancel);
        var user = await directory.UserAsync(lease, action.User, context.Cancel);
        var request = new ModifyRequest(user.Dn, Set("unicodePwd", Encoding.Unicode.GetBytes($"\"{RandomPassword.Make().Reveal()}\"")), Set("pwdLastSet", "0"u8.ToArray()));
        await context.ConfirmMayActAsync();
        await lease.ModifyAsync(request);
        var after = await directory.UserAsync(lease, user.Dn, CancellationToken.None);
        return new PasswordReset(after.Dn, after.MustChange && after.CanBeMadeToChange, after.ChangedAt ?? context.Time.GetUtcNow());
    }

    private static DirectoryAttributeModification Set(string attribute, byte[] value)
    {
        var change = new DirectoryAttributeModification { Name = attribute, Operation = DirectoryAttributeOperation.Replace };
        change.Add(value);
        return change;
    }
}
