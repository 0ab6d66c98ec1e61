using System.DirectoryServices.Protocols;
using System.Globalization;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;
using Responder.Sdk.Identity;

namespace Responder.Connectors.ActiveDirectory.Accounts;

/// <summary>Bars an account, or lets it in again: the state first, one bit changed once, the state read back.</summary>
/// <remarks>
/// The value is read and written, not compared and swapped: an assertion control is not supported, and a delete of the old value is taken even where
/// it is stale. The engine's lock on the target keeps our own runs apart.
/// </remarks>
internal static class Enabling
{
    public delegate Task<Account> Find(LdapLease lease, string name, CancellationToken cancel);

    public static async Task<Outcome<AccountState>> SetAsync(LdapPool pool, Find find, string name, bool enable, ActionContext context)
    {
        await using var lease = await pool.RentAsync(context.Cancel);
        var account = await find(lease, name, context.Cancel);
        if (account.Enabled == enable)
        {
            return Outcome.AlreadySo(State(account));
        }

        var control = enable ? account.Control & ~Account.Disabled : account.Control | Account.Disabled;
        var request = new ModifyRequest(account.Dn, DirectoryAttributeOperation.Replace, "userAccountControl", control.ToString(CultureInfo.InvariantCulture));
        await context.ConfirmMayActAsync();
        await lease.ModifyAsync(request);

        var after = await find(lease, account.Dn, CancellationToken.None);
        return after.Enabled == enable
            ? State(after)
            : throw new ActionFailure(FailureKind.Conflict, $"{account.Name} was {(enable ? "enabled" : "disabled")}, and a look afterwards finds it {(enable ? "disabled" : "enabled")} again. Find out who changes it.");
    }

    public static async Task<Before> BeforeAsync(LdapPool pool, Find find, string name, bool enable, ActionContext context)
    {
        await using var lease = await pool.RentAsync(context.Cancel);
        var account = await find(lease, name, context.Cancel);
        return new Before(account.Enabled != enable, account.Enabled ? "enabled" : "disabled", new Dictionary<string, string> { ["user_account_control"] = account.Control.ToString(CultureInfo.InvariantCulture) });
    }

    private static AccountState State(Account account) => new(account.Dn, account.Name.TrimEnd('$'), account.Enabled);
}
