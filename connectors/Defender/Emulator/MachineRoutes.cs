using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Defender.Emulator;

/// <summary>Machines, by id, by filter, by user. Their isolation is not among what is said of them.</summary>
internal sealed class MachineRoutes(EmulatorSite site, ODataAnswers answers, OrderBook book)
{
    private static readonly TimeSpan GoesInactive = TimeSpan.FromDays(7);

    public void Map(WebApplication app)
    {
        app.MapGet("/api/machines", ListAsync);
        app.MapGet("/api/machines/{id}", GetAsync);
        app.MapGet("/api/users/{account}/machines", http => FilteredAsync(http, host => host.LastUser is { } user && user[(user.LastIndexOf('\\') + 1)..].Equals(http.Request.RouteValues["account"]?.ToString(), StringComparison.OrdinalIgnoreCase)));
    }

    public static Task UnknownAsync(HttpContext http, ODataAnswers answers) => answers.ErrorAsync(http, 404, "ResourceNotFound", $"Machine {http.Request.RouteValues["id"]} was not found");

    private Task ListAsync(HttpContext http)
    {
        if (ODataFilter.Parse(http.Request.Query["$filter"]) is not { } test)
        {
            return answers.ErrorAsync(http, 400, "BadRequest", "Invalid OData query");
        }

        var names = site.Estate.Read(company => company.Hosts.Values.ToDictionary(host => host.Id, host => OrderBook.NameOf(host, company)));
        return FilteredAsync(http, host => test(path => path switch
        {
            "computerDnsName" => [names[host.Id]],
            "id" => [OrderBook.IdOf(host)],
            "machineTags" => host.Tags,
            "osPlatform" => [Platform(host)],
            "healthStatus" => [Health(host)],
            "lastIpAddress" => [host.Ip],
            "lastSeen" => [Seen(host)],
            _ => [null],
        }));
    }

    private Task FilteredAsync(HttpContext http, Func<Host, bool> fits) => answers.ListAsync(
        http, "Machines", site.Estate.Read(company => company.Hosts.Values.Where(fits).OrderBy(host => host.Id, StringComparer.Ordinal).Select(host => Shape(host, company)).ToList()), size: 10_000, most: 10_000);

    private Task GetAsync(HttpContext http)
    {
        _ = book.All();
        var found = site.Estate.Read(company => OrderBook.Find(company, http.Request.RouteValues["id"]?.ToString()) is { } host ? Shape(host, company) : null);
        return found is null ? UnknownAsync(http, answers) : answers.EntityAsync(http, "Machines/$entity", found);
    }

    private JsonObject Shape(Host host, Company company) => new()
    {
        ["id"] = OrderBook.IdOf(host), ["computerDnsName"] = OrderBook.NameOf(host, company), ["firstSeen"] = "2023-01-09T08:00:00.000Z", ["lastSeen"] = Json.Time(Seen(host)), ["osPlatform"] = Platform(host), ["version"] = host.Os?.Split(' ')[^1],
        ["osProcessor"] = "x64", ["lastIpAddress"] = host.Ip, ["lastExternalIpAddress"] = null, ["agentVersion"] = "10.8295.22621.1023", ["healthStatus"] = Health(host), ["onboardingStatus"] = "Onboarded", ["deviceValue"] = "Normal",
        ["rbacGroupId"] = 0, ["rbacGroupName"] = null, ["riskScore"] = "None", ["exposureLevel"] = "Low", ["isAadJoined"] = true, ["aadDeviceId"] = null, ["machineTags"] = new JsonArray([.. host.Tags.Select(tag => (JsonNode?)tag)]),
        ["ipAddresses"] = new JsonArray(new JsonObject { ["ipAddress"] = host.Ip, ["macAddress"] = null, ["type"] = "Ethernet", ["operationalStatus"] = "Up" }),
    };

    private static string Platform(Host host) => host.Os switch
    {
        { } os when os.Contains("Server", StringComparison.Ordinal) => "WindowsServer" + os.Split(' ')[^1],
        { } os when os.Contains("10", StringComparison.Ordinal) => "Windows10",
        _ => "Windows11",
    };

    private DateTimeOffset Seen(Host host) => host.Online ? site.Time.GetUtcNow() : host.LastSeen ?? site.Time.GetUtcNow();

    private string Health(Host host) => site.Time.GetUtcNow() - Seen(host) > GoesInactive ? "Inactive" : "Active";
}
