using System.DirectoryServices.Protocols;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;

namespace Responder.Connectors.ActiveDirectory.Accounts;

/// <summary>Finds accounts by the names that people and alerts have for them. Exactly one, or a failure.</summary>
internal sealed class Directory(Domain domain)
{
    /// <summary>A user by account name (with or without domain), user principal name, mail address, distinguished name, security id or GUID.</summary>
    public async Task<Account> UserAsync(LdapLease lease, string user, CancellationToken cancel)
    {
        var names = await domain.NamesAsync(lease, cancel);
        const string kind = "(objectCategory=person)(objectClass=user)";
        return await OneAsync(lease, names, user, "user", kind, Text(names, user, bare => $"(sAMAccountName={bare})"), cancel);
    }

    /// <summary>A computer by name, DNS name or distinguished name.</summary>
    public async Task<Account> ComputerAsync(LdapLease lease, string hostname, CancellationToken cancel)
    {
        var names = await domain.NamesAsync(lease, cancel);
        var quoted = LdapFilter.Quote(hostname.TrimEnd('$'));
        return await OneAsync(lease, names, hostname, "computer", "(objectClass=computer)", $"(|(sAMAccountName={quoted}$)(dNSHostName={quoted}))", cancel);
    }

    private static string? Text(DomainNames names, string user, Func<string, string> byName)
    {
        if (user.Length > 4 && user.StartsWith("S-1-", StringComparison.OrdinalIgnoreCase))
        {
            return $"(objectSid={LdapFilter.Quote(user)})";
        }

        if (user.IndexOf('\\', StringComparison.Ordinal) is var slash and > 0)
        {
            // The same name in another domain is another person.
            return names.Netbios is { } ours && !ours.Equals(user[..slash], StringComparison.OrdinalIgnoreCase) ? null : byName(LdapFilter.Quote(user[(slash + 1)..]));
        }

        var quoted = LdapFilter.Quote(user);
        return user.Contains('@', StringComparison.Ordinal) ? $"(|(userPrincipalName={quoted})(mail={quoted})(proxyAddresses=smtp:{quoted}))" : byName(quoted);
    }

    private static async Task<Account> OneAsync(LdapLease lease, DomainNames names, string name, string what, string kind, string? filter, CancellationToken cancel)
    {
        // A distinguished name and a GUID are places to read, no text of a filter.
        var place = IsDn(name, names) ? name : Guid.TryParse(name, out var guid) ? $"<GUID={guid}>" : null;
        var found = place is not null ? await lease.SearchAsync(place, $"(&{kind})", SearchScope.Base, Account.Attributes, cancel)
            : filter is null ? []
            : await lease.SearchAsync(names.Base, $"(&{kind}{filter})", SearchScope.Subtree, Account.Attributes, cancel);
        return found switch
        {
            [var only] => Account.Of(only),
            [] => throw new ActionFailure(FailureKind.NotFound, $"The directory on premises knows no {what} '{name}' below {names.Base}."),
            _ => throw new ActionFailure(
                FailureKind.Conflict, $"The directory on premises knows {found.Count} {what}s by '{name}': {string.Join("; ", found.Take(5).Select(one => one.DistinguishedName))}. Name one by its distinguished name."),
        };
    }

    private static bool IsDn(string name, DomainNames names) =>
        name.Contains('=', StringComparison.Ordinal) && name.EndsWith("," + names.Base, StringComparison.OrdinalIgnoreCase);
}
