using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Defender.Client;

/// <summary>Machines: by id, by the whole name, by the beginning of one.</summary>
internal sealed class Machines(DefenderApi defender)
{
    private const int PageSize = 1000;

    /// <exception cref="ActionFailure">Not found.</exception>
    public async Task<Machine> GetAsync(string id, CancellationToken cancel)
    {
        if (id.Length != 40 || !id.All(char.IsAsciiHexDigit))
        {
            throw new ActionFailure(FailureKind.NotFound, $"'{id}' is no machine id of Defender (40 hex digits). Take it from edr.find_host.");
        }

        var answer = await defender.Rest.ReadAsync(new RestRequest($"api/machines/{id.ToLowerInvariant()}"), cancel, new RestCallOptions { Accept = [404] });
        return answer.Ok ? answer.Read<Machine>(VendorJson.Camel)
            : throw new ActionFailure(FailureKind.NotFound, $"Defender knows no machine with the id '{id}'. Take the id from edr.find_host.") { Code = "ResourceNotFound" };
    }

    /// <summary>Machines whose name begins so; the name is the DNS name where the machine has one, so a short name is compared by its first label.</summary>
    public Task<IReadOnlyList<Machine>> BeginningAsync(string name, CancellationToken cancel) =>
        ListAsync($"startswith(computerDnsName,{OData.Quote(name.ToLowerInvariant())})", cancel);

    public Task<IReadOnlyList<Machine>> ListAsync(string? filter, CancellationToken cancel) =>
        defender.ListAsync<Machine>(new RestRequest("api/machines").WithQuery("$filter", filter).WithQuery("$top", PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture)), cancel);

    /// <summary>Machines that an account has signed in to.</summary>
    public Task<IReadOnlyList<Machine>> OfUserAsync(string account, CancellationToken cancel) =>
        defender.ListAsync<Machine>(new RestRequest($"api/users/{Uri.EscapeDataString(account)}/machines"), cancel);
}

/// <summary>A machine as Defender describes it. What it last saw is some hours old; nothing here says whether it is connected now.</summary>
internal sealed record Machine(
    string? Id, string? ComputerDnsName, DateTimeOffset? LastSeen, string? OsPlatform, string? Version, string? HealthStatus, string? LastIpAddress, string? RiskScore, IReadOnlyList<string>? MachineTags, string? RbacGroupName)
{
    /// <summary>The short name.</summary>
    public string Hostname => ComputerDnsName?.Split('.', 2)[0] ?? Id!;

    public string Role => OsPlatform?.Contains("Server", StringComparison.OrdinalIgnoreCase) == true ? "Server" : "Workstation";

    /// <summary>True for the short name and for the whole DNS name.</summary>
    public bool Is(string name) => string.Equals(Hostname, name, StringComparison.OrdinalIgnoreCase) || string.Equals(ComputerDnsName, name, StringComparison.OrdinalIgnoreCase);

    public HostFound View(string isolation) =>
        new(Id!, Hostname, LastIpAddress, Version is null ? OsPlatform : $"{OsPlatform} {Version}", Role, HealthStatus == "Active", isolation, LastSeen, MachineTags ?? [], null);
}
