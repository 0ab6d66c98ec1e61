using System.DirectoryServices.Protocols;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;

namespace Responder.Connectors.ActiveDirectory.Accounts;

/// <summary>What the domain is called. Read once, when it is first needed.</summary>
internal sealed class Domain(ActiveDirectorySettings settings, LdapPool pool)
{
    private DomainNames? _names;

    public async Task<DomainNames> NamesAsync(LdapLease lease, CancellationToken cancel)
    {
        if (_names is { } known)
        {
            return known;
        }

        var root = await lease.FirstAsync(null, "(objectClass=*)", SearchScope.Base, ["defaultNamingContext", "configurationNamingContext", "dnsHostName"], cancel);
        var top = root?.Text("defaultNamingContext")
            ?? throw new ActionFailure(FailureKind.Invalid, $"{pool.Server} has no defaultNamingContext: it is no domain controller.");
        var partition = await lease.FirstAsync(
            root.Text("configurationNamingContext"), $"(&(objectClass=crossRef)(nCName={LdapFilter.Quote(top)})(nETBIOSName=*))", SearchScope.Subtree, ["nETBIOSName"], cancel);
        return _names = new DomainNames(top, settings.BaseDn ?? top, partition?.Text("nETBIOSName"), root.Text("dnsHostName"));
    }
}

/// <summary>The domain's names.</summary>
/// <param name="Top">The domain's distinguished name.</param>
/// <param name="Base">Where accounts are looked for.</param>
/// <param name="Netbios">The short name, <c>COMPANY</c>; null where the service account can't read it.</param>
/// <param name="Server">The domain controller's own name.</param>
internal sealed record DomainNames(string Top, string Base, string? Netbios, string? Server);
