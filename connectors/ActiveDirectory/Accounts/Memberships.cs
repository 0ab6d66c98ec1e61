using System.Buffers.Binary;
using System.DirectoryServices.Protocols;
using Responder.Connectors.ActiveDirectory.Ldap;

namespace Responder.Connectors.ActiveDirectory.Accounts;

/// <summary>The groups of an account, nesting resolved by the server, and those of them that give administrative rights.</summary>
internal static class Memberships
{
    private const string InChain = "member:1.2.840.113556.1.4.1941:";

    /// <summary>Groups that are the same in every domain, by the last number of their id: their names are translated in other languages.</summary>
    private static readonly Dictionary<uint, string> OfDomain = new()
    {
        [512] = "Domain Admins", [516] = "Domain Controllers", [517] = "Cert Publishers", [518] = "Schema Admins", [519] = "Enterprise Admins", [520] = "Group Policy Creator Owners",
        [521] = "Read-only Domain Controllers", [526] = "Key Admins", [527] = "Enterprise Key Admins",
    };

    private static readonly Dictionary<uint, string> BuiltIn = new()
    {
        [544] = "Administrators", [548] = "Account Operators", [549] = "Server Operators", [550] = "Print Operators", [551] = "Backup Operators", [552] = "Replicator",
    };

    public static async Task<(IReadOnlyList<string> Groups, IReadOnlyList<string> Privileged, IReadOnlyList<string> Dns)> ReadAsync(
        LdapLease lease, DomainNames names, Account account, IReadOnlyList<string> ownPrivileged, CancellationToken cancel)
    {
        // The primary group has no member attribute that names the account, so it is asked for by its id, and then for what it is in.
        var primary = account.PrimaryGroup > 0 && account.Sid.Length > 12
            ? await lease.FirstAsync(names.Top, $"(objectSid={LdapFilter.Quote(Sid.WithLast(account.Sid, (uint)account.PrimaryGroup))})", SearchScope.Subtree, Attributes, cancel)
            : null;
        var chain = $"({InChain}={LdapFilter.Quote(account.Dn)})";
        var all = await lease.SearchAsync(
            names.Top, primary is null ? chain : $"(|{chain}({InChain}={LdapFilter.Quote(primary.DistinguishedName)}))", SearchScope.Subtree, Attributes, cancel);
        List<SearchResultEntry> groups = [.. (primary is null ? all : all.Append(primary)).DistinctBy(group => group.DistinguishedName, StringComparer.OrdinalIgnoreCase)];
        return (
            [.. groups.Select(Name).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)],
            [.. groups.Where(group => IsPrivileged(group, ownPrivileged)).Select(Name).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)],
            [.. groups.Select(group => group.DistinguishedName)]);
    }

    private static readonly IReadOnlyList<string> Attributes = ["sAMAccountName", "cn", "objectSid", "adminCount"];

    /// <summary>The English name of a group that every domain has, so that a policy finds it in a domain of any language.</summary>
    private static string Name(SearchResultEntry group) => WellKnown(group) ?? group.Text("sAMAccountName") ?? group.Text("cn") ?? group.DistinguishedName;

    private static bool IsPrivileged(SearchResultEntry group, IReadOnlyList<string> own) =>
        WellKnown(group) is not null || group.Number("adminCount") > 0 || Name(group) is var name && (name.Equals("DnsAdmins", StringComparison.OrdinalIgnoreCase) || own.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string? WellKnown(SearchResultEntry group)
    {
        if (group.Bytes("objectSid") is not { Length: >= 16 } sid)
        {
            return null;
        }

        var last = BinaryPrimitives.ReadUInt32LittleEndian(sid.AsSpan(sid.Length - 4));
        return (sid.Length == 16 ? BuiltIn : OfDomain).GetValueOrDefault(last);
    }
}
