using Responder.Sdk;

namespace Responder.Engine.Policy;

/// <summary>Hosts and accounts whose loss hurts more than most attacks: domain controllers, privileged, service and break-glass accounts.</summary>
internal static class Protected
{
    private static readonly string[] Groups =
    [
        "Domain Admins", "Enterprise Admins", "Schema Admins", "Administrators", "Account Operators", "Backup Operators", "Server Operators", "Print Operators",
        "Domain Controllers", "Group Policy Creator Owners", "Key Admins", "Enterprise Key Admins", "DnsAdmins", "Global Administrator", "Company Administrator",
        "Privileged Role Administrator", "Privileged Authentication Administrator", "Security Administrator", "User Administrator", "Conditional Access Administrator",
        "Application Administrator", "Cloud Application Administrator", "Exchange Administrator", "Hybrid Identity Administrator", "Intune Administrator",
    ];

    private static readonly string[] Roles = ["domain controller", "domaincontroller", "dc"];

    private static readonly string[] Tags = ["break-glass", "breakglass", "service-account", "service_account", "critical", "protected", "crown-jewel", "tier0", "tier-0"];

    private static readonly string[] NameStarts = ["svc-", "svc_", "svc.", "service-", "break-glass", "breakglass", "emergency-", "krbtgt", "msol_", "aad_", "sync_"];

    public static PolicyFinding? Find(TargetFacts target)
    {
        if (target.Kind is not (TargetKind.Host or TargetKind.User or TargetKind.DirectoryUser or TargetKind.Computer))
        {
            return null;
        }

        var name = target.Names.Count > 0 ? target.Names[0] : target.Id;
        if (target.Role is { } role && Roles.Contains(role.Trim().ToLowerInvariant()))
        {
            return Needs($"{name} is a {role}.");
        }

        if (target.Tags.FirstOrDefault(tag => Tags.Contains(tag[(tag.LastIndexOf('/') + 1)..].ToLowerInvariant())) is { } tagged)
        {
            return Needs($"{name} is tagged '{tagged}'.");
        }

        if ((target.Groups ?? []).FirstOrDefault(group => Groups.Contains(group, StringComparer.OrdinalIgnoreCase)) is { } found)
        {
            return Needs($"{name} is in '{found}'.");
        }

        return target.Names.Append(target.Id).FirstOrDefault(one => NameStarts.Any(start => one.StartsWith(start, StringComparison.OrdinalIgnoreCase))) is { } special
            ? Needs($"{special} is named as a service or break-glass account.")
            : null;
    }

    private static PolicyFinding Needs(string reason) => new("protected", PolicyVerdict.RequireApproval, reason + " Acting on it needs a lead.");
}
