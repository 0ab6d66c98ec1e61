using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>The state of the one made-up company: what its products would show now. Read and changed only through <see cref="MockEstate"/>.</summary>
public sealed class Company
{
    /// <summary>Its names.</summary>
    [JsonPropertyName("company")]
    public CompanyNames Names { get; init; } = new();

    /// <summary>Hosts, by the estate's own name for them: the hostname, except where two share one.</summary>
    public Dictionary<string, Host> Hosts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The cloud directory.</summary>
    public CloudDirectory Identity { get; init; } = new();

    /// <summary>The directory on premises.</summary>
    public OnPremisesDirectory Directory { get; init; } = new();

    /// <summary>Projects and tickets.</summary>
    public TicketDesk Tickets { get; init; } = new();

    /// <summary>The SIEM's events and alerts.</summary>
    public SiemIndex Siem { get; init; } = new();

    /// <summary>The EDR's detections, by id.</summary>
    public Dictionary<string, Detection> Detections { get; } = new(StringComparer.Ordinal);

    /// <summary>Who answers what, by mail address.</summary>
    public Dictionary<string, Person> People { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Received mail, by mail address.</summary>
    public Dictionary<string, Mailbox> Mailboxes { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every message that was posted or sent by us, oldest first.</summary>
    public List<PostedMessage> Outbox { get; } = [];

    /// <summary>What a REST API answers.</summary>
    public RestApi Http { get; init; } = new();

    /// <summary>What goes wrong, on which actions.</summary>
    public List<Fault> Faults { get; } = [];

    /// <summary>How long a probe's "no" must wait: none, because the estate is this process's own and knows at once.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.Zero;

    /// <summary>Scans that were ordered, by id.</summary>
    [JsonIgnore]
    public Dictionary<string, ScanOrder> Scans { get; } = new(StringComparer.Ordinal);

    /// <summary>The host of an id.</summary>
    /// <param name="id">The EDR's id, 32 hex digits.</param>
    /// <exception cref="ActionFailure">There is none.</exception>
    public Host Host(string id) =>
        Hosts.Values.FirstOrDefault(host => string.Equals(host.Id, id, StringComparison.OrdinalIgnoreCase))
        ?? throw new ActionFailure(FailureKind.NotFound, $"The EDR knows no host with the id '{id}'. Take the id from edr.find_host.");

    /// <summary>The host of an id, or of the estate's own name for it.</summary>
    /// <param name="name">Either.</param>
    /// <exception cref="ActionFailure">There is none.</exception>
    public Host HostByAnyName(string name) => Hosts.GetValueOrDefault(name) ?? Host(name);

    /// <summary>The hosts of a name.</summary>
    /// <param name="hostname">The whole name; compared without case.</param>
    public IReadOnlyList<Host> HostsNamed(string hostname) =>
        [.. Hosts.Values.Where(host => string.Equals(host.Hostname, hostname, StringComparison.OrdinalIgnoreCase))];
}

/// <summary>What the company is called.</summary>
public sealed class CompanyNames
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "Company";

    /// <summary>Its mail domain.</summary>
    public string Domain { get; init; } = "company.com";

    /// <summary>Its Windows domain's short name.</summary>
    public string Netbios { get; init; } = "COMPANY";

    /// <summary>Its directory's root.</summary>
    public string Dn { get; init; } = "DC=company,DC=com";
}
