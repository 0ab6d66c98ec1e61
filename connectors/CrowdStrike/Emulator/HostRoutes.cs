using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.CrowdStrike.Emulator;

/// <summary>Hosts and their containment, which takes some seconds and, for a host that is away, until it is back.</summary>
internal sealed class HostRoutes(EmulatorSite site)
{
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(3);

    public void Map(WebApplication app)
    {
        app.MapGet("/devices/queries/devices/v1", QueryAsync);
        app.MapGet("/devices/queries/devices-scroll/v1", ScrollAsync);
        app.MapPost("/devices/entities/devices/v2", async http => await DetailsAsync(http, Envelope.Texts(await Envelope.BodyAsync(http), "ids")));
        app.MapGet("/devices/entities/devices/v2", http => DetailsAsync(http, [.. http.Request.Query["ids"].OfType<string>()]));
        app.MapGet("/devices/entities/online-state/v1", OnlineAsync);
        app.MapPost("/devices/entities/devices-actions/v2", ActAsync);
    }

    private Task QueryAsync(HttpContext http)
    {
        if (Find(http) is not { } ids)
        {
            return Envelope.ErrorAsync(http, 400, 400, "invalid filter");
        }

        var (offset, limit) = (Envelope.Number(http, "offset", 0), Math.Min(Envelope.Number(http, "limit", 100), 5000));
        return Envelope.WriteAsync(http, 200, Envelope.Of(Envelope.List(Paging.Slice(ids, offset, limit).Page), ids.Count, offset, limit));
    }

    private Task ScrollAsync(HttpContext http)
    {
        if (Find(http) is not { } ids)
        {
            return Envelope.ErrorAsync(http, 400, 400, "invalid filter");
        }

        var limit = Math.Min(Envelope.Number(http, "limit", 100), 10_000);
        var (page, next) = Paging.Slice(ids, Paging.Place(http.Request.Query["offset"]) ?? 0, limit);
        var body = Envelope.Of(Envelope.List(page));
        body["meta"]!["pagination"] = new JsonObject { ["total"] = ids.Count, ["offset"] = next is { } place ? Paging.Mark(place) : string.Empty, ["expires_at"] = (site.Time.GetUtcNow().ToUnixTimeSeconds() + 120) * 1_000_000_000 };
        return Envelope.WriteAsync(http, 200, body);
    }

    private List<string>? Find(HttpContext http)
    {
        if (FqlFilter.Parse(http.Request.Query["filter"]) is not { } test)
        {
            return null;
        }

        Settle();
        return site.Estate.Read(company => company.Hosts.Values
            .Where(host => test(field => Field(host, field)))
            .OrderBy(host => host.Hostname, StringComparer.OrdinalIgnoreCase).ThenBy(host => host.Id, StringComparer.Ordinal)
            .Select(host => host.Id).ToList());
    }

    private Task DetailsAsync(HttpContext http, IReadOnlyList<string> ids)
    {
        Settle();
        var found = site.Estate.Read(company => ids.Select(id => company.Hosts.Values.FirstOrDefault(host => host.Id == id)).OfType<Host>().Select(host => Device(host, company)).ToList());
        if (found.Count == 0 && ids.Count > 0)
        {
            return Envelope.ErrorAsync(http, 404, 404, "No device found for the given ids");
        }

        return ids.Count == 0 ? Envelope.ErrorAsync(http, 400, 400, "ids is required") : Envelope.WriteAsync(http, 200, Envelope.Of([.. found]));
    }

    private Task OnlineAsync(HttpContext http)
    {
        var ids = http.Request.Query["ids"].OfType<string>().ToList();
        var states = site.Estate.Read(company => ids.Select(id => (id, Host: company.Hosts.Values.FirstOrDefault(host => host.Id == id))).Where(one => one.Host is not null)
            .Select(one => (JsonNode)new JsonObject { ["id"] = one.id, ["state"] = one.Host!.Online ? "online" : "offline", ["last_seen"] = Json.Time(one.Host.LastSeen ?? site.Time.GetUtcNow()) }).ToList());
        return Envelope.WriteAsync(http, 200, Envelope.Of([.. states]));
    }

    private async Task ActAsync(HttpContext http)
    {
        var (action, body) = (http.Request.Query["action_name"].ToString(), await Envelope.BodyAsync(http));
        var ids = Envelope.Texts(body, "ids");
        if (action is not ("contain" or "lift_containment") || ids.Count is 0 or > 500)
        {
            await Envelope.ErrorAsync(http, 400, 400, "Bad request: a known action_name and 1 to 500 ids are required");
            return;
        }

        var note = body.TryGetProperty("action_parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Array && parameters.GetArrayLength() > 0 ? Envelope.Text(parameters[0], "value") : null;
        var (done, errors) = (new JsonArray(), new JsonArray());
        Settle();
        foreach (var id in ids)
        {
            if (site.Estate.Read(company => company.Hosts.Values.FirstOrDefault(host => host.Id == id)?.Hostname) is not { } hostname)
            {
                errors.Add((JsonNode)new JsonObject { ["code"] = 404, ["message"] = $"Device {id} not found" });
                continue;
            }

            var made = site.Estate.Do(
                EmulatorSite.By(http, action == "contain" ? "edr.isolate_host" : "edr.release_host", hostname),
                company => Next(company.Host(id), action) is { } to ? new IsolationChanged(id, to, note) : null);
            if (made is null)
            {
                errors.Add((JsonNode)new JsonObject { ["code"] = 409, ["message"] = $"Device {id} is already in the state that {action} leads to" });
            }
            else
            {
                done.Add((JsonNode)new JsonObject { ["id"] = id, ["path"] = $"/devices/entities/devices/v1?ids={id}" });
            }
        }

        var answer = Envelope.Of(done);
        answer["errors"] = errors;
        await Envelope.WriteAsync(http, 202, answer);
    }

    /// <summary>An order for a host that is away and never was in force is withdrawn at once; others are pending first.</summary>
    private static Isolation? Next(Host host, string action) => (action, host.Isolation) switch
    {
        ("contain", Isolation.Normal) => Isolation.Pending,
        ("lift_containment", Isolation.Isolated) => Isolation.ReleasePending,
        ("lift_containment", Isolation.Pending) => Isolation.Normal,
        _ => null,
    };

    /// <summary>Orders take hold some seconds after they were given.</summary>
    private void Settle()
    {
        var now = site.Time.GetUtcNow();
        var due = site.Estate.Read(company => company.Hosts.Values
            .Where(host => host.Online && host.Isolation is Isolation.Pending or Isolation.ReleasePending && host.Online && now - (host.IsolatedAt ?? now) >= Takes)
            .Select(host => (host.Id, To: host.Isolation == Isolation.Pending ? Isolation.Isolated : Isolation.Normal)).ToList());
        foreach (var (id, to) in due)
        {
            site.Estate.Do(new EffectBy("world.isolation_settled", id), _ => new IsolationChanged(id, to));
        }
    }

    private IEnumerable<string> Field(Host host, string field) => field switch
    {
        "hostname" => [host.Hostname],
        "device_id" => [host.Id],
        "platform_name" => ["Windows"],
        "tags" => host.Tags.Select(tag => "FalconGroupingTags/" + tag),
        "email" => host.Owner is null ? [] : [host.Owner],
        "last_login_user" => host.LastUser is null ? [] : [host.LastUser[(host.LastUser.LastIndexOf('\\') + 1)..]],
        "status" => [Status(host)],
        "last_seen" => [Json.Time(host.Online ? site.Time.GetUtcNow() : host.LastSeen ?? site.Time.GetUtcNow())],
        _ => [],
    };

    private static string Status(Host host) => host.Isolation switch
    {
        Isolation.Pending => "containment_pending",
        Isolation.Isolated => "contained",
        Isolation.ReleasePending => "lift_containment_pending",
        _ => "normal",
    };

    private JsonObject Device(Host host, Company company)
    {
        var seen = Json.Time(host.Online ? site.Time.GetUtcNow() : host.LastSeen ?? site.Time.GetUtcNow());
        var device = new JsonObject
        {
            ["device_id"] = host.Id, ["cid"] = "0c1d2e3f405162738495a6b7c8d9eaf0", ["agent_version"] = "7.30.19907.0", ["hostname"] = host.Hostname, ["local_ip"] = host.Ip, ["machine_domain"] = company.Names.Domain,
            ["os_version"] = host.Os, ["platform_id"] = "0", ["platform_name"] = "Windows", ["product_type_desc"] = host.Role, ["status"] = Status(host), ["last_seen"] = seen, ["modified_timestamp"] = Json.Time(host.IsolatedAt ?? site.Time.GetUtcNow()),
            ["tags"] = Envelope.List(host.Tags.Select(tag => "FalconGroupingTags/" + tag)), ["groups"] = new JsonArray(), ["email"] = host.Owner,
            ["last_login_user"] = host.LastUser is { } user ? user[(user.LastIndexOf('\\') + 1)..] : null, ["rtr_state"] = "Enabled", ["reduced_functionality_mode"] = "no",
        };
        foreach (var name in device.Where(field => field.Value is null).Select(field => field.Key).ToList())
        {
            device.Remove(name);
        }

        return device;
    }
}
