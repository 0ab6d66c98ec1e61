using System.Globalization;
using Responder.Connectors.ActiveDirectory.Accounts;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;

namespace Responder.Connectors.ActiveDirectory;

/// <summary>Says what an account is. Its canonical id is the object's GUID, which outlives a rename.</summary>
internal sealed class ActiveDirectoryDescriber(LdapPool pool, Accounts.Directory directory, Domain domain, ActiveDirectorySettings settings) : ITargetDescriber
{
    private const string ReservedAccounts = "-500 -502";

    public async Task<TargetFacts> DescribeAsync(TargetKind kind, string value, CancellationToken cancel)
    {
        await using var lease = await pool.RentAsync(cancel);
        var account = kind switch
        {
            TargetKind.DirectoryUser => await directory.UserAsync(lease, value, cancel),
            TargetKind.Computer => await directory.ComputerAsync(lease, value, cancel),
            _ => throw new ActionFailure(FailureKind.Invalid, $"Active Directory knows no target of the kind {kind}."),
        };
        var (groups, privileged, dns) = await Memberships.ReadAsync(lease, await domain.NamesAsync(lease, cancel), account, settings.PrivilegedGroups, cancel);
        return new TargetFacts(
            kind, account.Guid.ToString(), Names(account), Tags(account, privileged, dns), kind == TargetKind.Computer ? Role(account) : account.Title, groups, account.Manager,
            Details(
                ("dn", account.Dn), ("sid", Sid.Text(account.Sid)), ("enabled", account.Enabled ? "yes" : "no"), ("department", account.Department), ("os", account.Os),
                ("last_logon_at", account.LastLogonAt is { } at ? Json.Time(at) : null), ("user_account_control", account.Control.ToString(CultureInfo.InvariantCulture))));
    }

    private static IReadOnlyList<string> Names(Account account) =>
        [.. new[] { account.Name.TrimEnd('$'), account.Shown, account.Mail, account.Upn, account.DnsName }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string Role(Account computer) => computer.DomainController ? "Domain Controller"
        : computer.Os?.Contains("Server", StringComparison.OrdinalIgnoreCase) == true ? "Server" : "Workstation";

    /// <summary>Samba, and a domain that has just changed, does not stamp adminCount: the memberships count.</summary>
    private List<string> Tags(Account account, IReadOnlyList<string> privileged, IReadOnlyList<string> groups)
    {
        var tags = new List<string>();
        if (privileged.Count > 0 || account.AdminCount || ReservedAccounts.Split(' ').Any(end => Sid.Text(account.Sid).EndsWith(end, StringComparison.Ordinal)))
        {
            tags.Add("privileged");
        }

        if (account.IsService)
        {
            tags.Add("service-account");
        }

        tags.AddRange(settings.Tags
            .Where(tag => tag.Value.Any(place => account.Dn.EndsWith("," + place, StringComparison.OrdinalIgnoreCase) || groups.Contains(place, StringComparer.OrdinalIgnoreCase)))
            .Select(tag => tag.Key)
            .Except(tags));
        return tags;
    }

    private static Dictionary<string, string> Details(params (string Name, string? Value)[] details) =>
        details.Where(detail => detail.Value is not null).ToDictionary(detail => detail.Name, detail => detail.Value!);
}
