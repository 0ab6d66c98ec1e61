using System.DirectoryServices.Protocols;
using Responder.Connectors.ActiveDirectory.Accounts;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;

namespace Responder.Connectors.ActiveDirectory;

/// <summary>Signs in, and asks the domain controller which attributes of an ordinary account the service account may write.</summary>
internal sealed class ActiveDirectoryCheck(LdapPool pool, Domain domain, ActiveDirectorySettings settings) : IConnectionCheck
{
    private static readonly string[] Reads = ["directory.find_user", "directory.list_groups", "directory.find_computer"];

    public async Task<Health> CheckAsync(CancellationToken cancel)
    {
        try
        {
            await using var lease = await pool.RentAsync(cancel);
            var names = await domain.NamesAsync(lease, cancel);
            var allowed = Reads.ToDictionary(action => action, _ => (string?)null);
            var user = await SampleAsync(lease, names, "(&(objectCategory=person)(objectClass=user)(!(adminCount=1))(!(isCriticalSystemObject=TRUE)))", cancel);
            var computer = await SampleAsync(lease, names, "(&(objectClass=computer)(!(primaryGroupID=516))(!(isCriticalSystemObject=TRUE)))", cancel);
            allowed["directory.disable_user"] = allowed["directory.enable_user"] = Missing(user, "user", "userAccountControl");
            allowed["directory.reset_password"] = Missing(user, "user", "pwdLastSet");
            allowed["directory.disable_computer"] = allowed["directory.enable_computer"] = Missing(computer, "computer", "userAccountControl");
            return new Health(true, $"Signed in to {names.Server ?? pool.Server} as {settings.User}; accounts below {names.Base}.", allowed);
        }
        catch (ActionFailure failure)
        {
            return new Health(false, failure.Message, new Dictionary<string, string?>());
        }
    }

    /// <summary>Any account that is not protected; the right to set a password itself can't be asked for, the one to demand its change goes with it in every delegation.</summary>
    private static async Task<SearchResultEntry?> SampleAsync(LdapLease lease, DomainNames names, string filter, CancellationToken cancel)
    {
        var found = await lease.FirstAsync(names.Base, filter, SearchScope.Subtree, ["distinguishedName"], cancel);
        return found is null ? null : await lease.FirstAsync(found.DistinguishedName, "(objectClass=*)", SearchScope.Base, ["allowedAttributesEffective"], cancel);
    }

    private static string? Missing(SearchResultEntry? entry, string what, string attribute) => entry is null
        ? $"there is no {what} to try it on"
        : entry.Texts("allowedAttributesEffective").Contains(attribute, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"the service account may not write {attribute} of {entry.DistinguishedName}; README.md of the connector has the delegation";
}
