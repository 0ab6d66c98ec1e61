using System.Globalization;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock;

/// <summary>Says what a target is.</summary>
internal sealed class MockDescriber(MockEstate estate) : ITargetDescriber
{
    public Task<TargetFacts> DescribeAsync(TargetKind kind, string value, CancellationToken cancel) =>
        Task.FromResult(estate.Read(company => kind switch
        {
            TargetKind.Host => OfHost(company.Host(value)),
            TargetKind.User => OfUser(company, company.Identity.User(value)),
            TargetKind.DirectoryUser => OfDirectoryUser(company, company.Directory.User(value)),
            TargetKind.Computer => OfComputer(company.Directory.Computer(value)),
            TargetKind.Ticket => OfTicket(company.Tickets.Ticket(value)),
            TargetKind.Path => new TargetFacts(kind, WindowsPath.Normal(value), [value], []),
            TargetKind.Process => new TargetFacts(kind, value, [value], []),
            _ => throw new ActionFailure(FailureKind.Invalid, $"The mock connector knows no target of the kind {kind}."),
        }));

    private static TargetFacts OfHost(Host host) => new(
        TargetKind.Host, host.Id, [host.Hostname], host.Tags, host.Role, [], host.Owner, Details(
            ("os", host.Os), ("ip", host.Ip), ("online", host.Online ? "yes" : "no"), ("isolation", Json.Word(host.Isolation)), ("last_user", host.LastUser)));

    private static TargetFacts OfUser(Company company, CloudUser user) => new(
        TargetKind.User, user.Id, [user.Upn, user.Name, .. user.Account is null ? Array.Empty<string>() : [user.Account]], Tags(user.Tags, company.Identity.PrivilegedOf(user)),
        user.Roles.Count > 0 ? user.Roles[0] : user.Title, [.. company.Identity.GroupsOf(user), .. user.Roles], user.Manager, Details(
            ("department", user.Department), ("enabled", user.Enabled ? "yes" : "no"), ("risk", user.Risk), ("on_premises_synced", user.OnPremisesSynced ? "yes" : "no")));

    private static TargetFacts OfDirectoryUser(Company company, DirectoryUser user) => new(
        TargetKind.DirectoryUser, user.Dn, [user.Account, user.Name, .. user.Email is null ? Array.Empty<string>() : [user.Email]], Tags(user.Tags, company.Directory.PrivilegedOf(user)),
        null, company.Directory.GroupsOf(user), null, Details(("enabled", user.Enabled ? "yes" : "no"), ("sid", user.Sid)));

    private static TargetFacts OfComputer(DirectoryComputer computer) => new(
        TargetKind.Computer, computer.Dn, [computer.Name], [], computer.DomainController ? "Domain Controller" : "Computer",
        [computer.DomainController ? "Domain Controllers" : "Domain Computers"], null, Details(("os", computer.Os), ("enabled", computer.Enabled ? "yes" : "no")));

    private static TargetFacts OfTicket(Ticket ticket) => new(
        TargetKind.Ticket, ticket.Key, [ticket.Key, ticket.Summary], ticket.Labels, ticket.Type, [], ticket.Assignee, Details(
            ("status", ticket.Status), ("comments", ticket.Comments.Count.ToString(CultureInfo.InvariantCulture))));

    /// <summary>An account with administrative rights carries a tag that says so, whatever its groups are called.</summary>
    private static List<string> Tags(List<string> own, IReadOnlyList<string> privileged) => privileged.Count > 0 ? [.. own, "privileged"] : own;

    private static Dictionary<string, string> Details(params (string Name, string? Value)[] details) =>
        details.Where(detail => detail.Value is not null).ToDictionary(detail => detail.Name, detail => detail.Value!);
}
