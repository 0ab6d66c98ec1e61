using System.Globalization;
using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.CrowdStrike.Falcon;

/// <summary>Hosts: search with the exact-match check, details, liveness.</summary>
internal sealed class FalconHosts(FalconClient falcon)
{
    private const int PageSize = 500;

    /// <summary>The details of one host.</summary>
    /// <exception cref="ActionFailure">Not found.</exception>
    public async Task<FalconDevice> GetAsync(string id, CancellationToken cancel)
    {
        if (id.Length != 32 || !id.All(char.IsAsciiHexDigit))
        {
            throw new ActionFailure(FailureKind.NotFound, $"'{id}' is no host id of Falcon (32 hex digits). Take it from edr.find_host.");
        }

        var found = await DetailsAsync([id.ToLowerInvariant()], cancel);
        return found.FirstOrDefault(device => string.Equals(device.DeviceId, id, StringComparison.OrdinalIgnoreCase))
            ?? throw new ActionFailure(FailureKind.NotFound, $"Falcon knows no host with the id '{id}'. Take the id from edr.find_host.") { Code = "404" };
    }

    /// <summary>The hosts that a filter finds, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<FalconDevice> Devices, int Total)> FindAsync(string filter, int limit, CancellationToken cancel)
    {
        var ids = new List<string>();
        int total;
        do
        {
            var answer = await falcon.GetAsync(
                "/devices/queries/devices/v1", cancel, ("filter", filter), ("sort", "hostname.asc"),
                ("limit", Math.Min(PageSize, limit - ids.Count).ToString(CultureInfo.InvariantCulture)), ("offset", ids.Count.ToString(CultureInfo.InvariantCulture)));
            var page = Texts(answer.Json);
            ids.AddRange(page);
            total = answer.Json.TryGetProperty("meta", out var meta) && meta.TryGetProperty("pagination", out var pages) && pages.TryGetProperty("total", out var all) ? all.GetInt32() : ids.Count;
            if (page.Count == 0)
            {
                break;
            }
        }
        while (ids.Count < Math.Min(limit, total));

        var devices = ids.Count == 0 ? [] : await DetailsAsync(ids, cancel);
        return ([.. devices.OrderBy(device => device.Hostname, StringComparer.OrdinalIgnoreCase).ThenBy(device => device.DeviceId, StringComparer.Ordinal)], total);
    }

    /// <summary>online, offline or unknown.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OnlineAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var states = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var some in ids.Chunk(100))
        {
            var answer = await falcon.GetAsync("/devices/entities/online-state/v1", cancel, [.. some.Select(id => ("ids", (string?)id))]);
            foreach (var one in answer.Json.GetProperty("resources").EnumerateArray())
            {
                states[one.GetProperty("id").GetString()!] = one.TryGetProperty("state", out var state) ? state.GetString() ?? "unknown" : "unknown";
            }
        }

        return states;
    }

    public async Task<HostFound> ViewAsync(FalconDevice device, CancellationToken cancel)
    {
        var online = await OnlineAsync([device.DeviceId!], cancel);
        return device.View(online.GetValueOrDefault(device.DeviceId!) == "online");
    }

    private async Task<IReadOnlyList<FalconDevice>> DetailsAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var answer = await falcon.Rest.ReadAsync(new RestRequest("/devices/entities/devices/v2", Method.Post).WithJson(new { ids }), cancel);
        return answer.Read<FalconEnvelope<FalconDevice>>(VendorJson.Snake).Resources ?? [];
    }

    private static List<string> Texts(JsonElement json) =>
        json.TryGetProperty("resources", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(one => one.GetString()!)] : [];
}
