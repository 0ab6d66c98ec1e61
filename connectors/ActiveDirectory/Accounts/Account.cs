using System.DirectoryServices.Protocols;
using Responder.Connectors.ActiveDirectory.Ldap;

namespace Responder.Connectors.ActiveDirectory.Accounts;

/// <summary>A user's or computer's account as the domain controller has it.</summary>
internal sealed record Account
{
    public const int Disabled = 0x2;
    private const int DomainControllerBit = 0x2000;
    private const int PasswordNeverExpires = 0x10000;
    private const int ReadOnlyDomainControllers = 521;

    public static readonly IReadOnlyList<string> Attributes =
    [
        "objectGUID", "objectSid", "sAMAccountName", "displayName", "cn", "mail", "userPrincipalName", "userAccountControl", "primaryGroupID", "adminCount", "lastLogon", "lastLogonTimestamp",
        "pwdLastSet", "whenChanged", "manager", "department", "title", "description", "servicePrincipalName", "objectClass", "operatingSystem", "dNSHostName",
    ];

    public required string Dn { get; init; }

    public required Guid Guid { get; init; }

    public required byte[] Sid { get; init; }

    public required string Name { get; init; }

    public string? Shown { get; init; }

    public string? Mail { get; init; }

    public string? Upn { get; init; }

    public int Control { get; init; }

    public int PrimaryGroup { get; init; }

    public bool AdminCount { get; init; }

    public bool IsService { get; init; }

    public DateTimeOffset? LastLogonAt { get; init; }

    public bool MustChange { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    public string? Manager { get; init; }

    public string? Department { get; init; }

    public string? Title { get; init; }

    public string? Os { get; init; }

    public string? DnsName { get; init; }

    public bool Enabled => (Control & Disabled) == 0;

    /// <summary>False where the account's password never expires: the domain then asks for no change at the next sign-in either.</summary>
    public bool CanBeMadeToChange => (Control & PasswordNeverExpires) == 0;

    public bool DomainController => (Control & DomainControllerBit) != 0 || PrimaryGroup == ReadOnlyDomainControllers;

    public static Account Of(SearchResultEntry entry)
    {
        var classes = entry.Texts("objectClass");
        var computer = classes.Contains("computer", StringComparer.OrdinalIgnoreCase);
        var logons = new[] { entry.FileTime("lastLogon"), entry.FileTime("lastLogonTimestamp") };
        return new Account
        {
            Dn = entry.DistinguishedName,
            Guid = new Guid(entry.Bytes("objectGUID") ?? new byte[16]),
            Sid = entry.Bytes("objectSid") ?? [],
            Name = entry.Text("sAMAccountName") ?? string.Empty,
            Shown = entry.Text("displayName") ?? entry.Text("cn"),
            Mail = entry.Text("mail"),
            Upn = entry.Text("userPrincipalName"),
            Control = entry.Number("userAccountControl"),
            PrimaryGroup = entry.Number("primaryGroupID"),
            AdminCount = entry.Number("adminCount") > 0,
            IsService = !computer && (entry.Texts("servicePrincipalName").Count > 0
                || classes.Any(one => one.Equals("msDS-GroupManagedServiceAccount", StringComparison.OrdinalIgnoreCase) || one.Equals("msDS-ManagedServiceAccount", StringComparison.OrdinalIgnoreCase))),
            LastLogonAt = logons.Max(),
            MustChange = entry.Text("pwdLastSet") == "0",
            ChangedAt = entry.Time("whenChanged"),
            Manager = entry.Text("manager"),
            Department = entry.Text("department"),
            Title = entry.Text("title"),
            Os = entry.Text("operatingSystem"),
            DnsName = entry.Text("dNSHostName"),
        };
    }
}
