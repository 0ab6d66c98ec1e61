using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Edr;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.CrowdStrike.Emulator;

/// <summary>On-demand scans.</summary>
internal sealed class ScanRoutes(EmulatorSite site)
{
    public void Map(WebApplication app)
    {
        app.MapPost("/ods/entities/scans/v1", CreateAsync);
        app.MapGet("/ods/queries/scans/v1", QueryAsync);
        app.MapGet("/ods/entities/scans/v2", http => GetAsync(http));
        app.MapGet("/ods/entities/scans/v1", http => GetAsync(http));
        app.MapGet("/ods/queries/malicious-files/v1", FoundAsync);
        app.MapGet("/ods/entities/malicious-files/v1", FilesAsync);
    }

    private async Task CreateAsync(HttpContext http)
    {
        var body = await Envelope.BodyAsync(http);
        var (hosts, paths) = (Envelope.Texts(body, "hosts"), Envelope.Texts(body, "file_paths"));
        if (hosts.Count == 0 || paths.Count == 0)
        {
            await Envelope.ErrorAsync(http, 400, 400, "hosts and file_paths are required");
            return;
        }

        var id = EmulatorSite.NewHex();
        var host = site.Estate.Read(company => company.Hosts.Values.FirstOrDefault(one => one.Id == hosts[0]));
        if (host is null)
        {
            await Envelope.ErrorAsync(http, 400, 400, $"unknown host {hosts[0]}");
            return;
        }

        site.Estate.Do(
            EmulatorSite.By(http, "edr.scan", host.Hostname),
            _ => new ScanOrdered(id, host.Id, Envelope.Text(body, "description"), paths.Any(path => path.EndsWith('*')) ? null : paths));
        await Envelope.WriteAsync(http, 201, Envelope.Of([Read(id)!]));
    }

    private Task QueryAsync(HttpContext http)
    {
        if (FqlFilter.Parse(http.Request.Query["filter"]) is not { } test)
        {
            return Envelope.ErrorAsync(http, 400, 400, "invalid filter");
        }

        var ids = site.Estate.Read(company => company.Scans.Values.Where(scan => test(field => field switch { "description" => [scan.Description], "id" => [scan.Id], _ => [] })).Select(scan => scan.Id).ToList());
        return Envelope.WriteAsync(http, 200, Envelope.Of(Envelope.List(ids), ids.Count));
    }

    private Task GetAsync(HttpContext http) =>
        Envelope.WriteAsync(http, 200, Envelope.Of([.. http.Request.Query["ids"].OfType<string>().Select(Read).OfType<JsonNode>()]));

    private Task FoundAsync(HttpContext http)
    {
        var filter = http.Request.Query["filter"].ToString();
        var ids = site.Estate.Read(company => company.Scans.Values.Where(scan => filter.Contains(scan.Id, StringComparison.Ordinal))
            .SelectMany(scan => Threats(company, scan).Select((_, index) => $"{scan.Id}_{index}")).ToList());
        return Envelope.WriteAsync(http, 200, Envelope.Of(Envelope.List(ids), ids.Count));
    }

    private Task FilesAsync(HttpContext http)
    {
        var files = site.Estate.Read(company => http.Request.Query["ids"].OfType<string>().Select(id => id.Split('_')).Where(parts => parts.Length == 2 && company.Scans.ContainsKey(parts[0]))
            .Select(parts => Threats(company, company.Scans[parts[0]])[int.Parse(parts[1], CultureInfo.InvariantCulture)])
            .Select(threat => (JsonNode)new JsonObject { ["filepath"] = threat.Path, ["filename"] = threat.Path[(threat.Path.LastIndexOf('\\') + 1)..], ["pattern_name"] = threat.Name, ["pattern_id"] = 10417, ["quarantined"] = threat.Action == "quarantined" }).ToList());
        return Envelope.WriteAsync(http, 200, Envelope.Of([.. files]));
    }

    private JsonNode? Read(string id) => site.Estate.Read(company =>
    {
        if (!company.Scans.TryGetValue(id, out var scan))
        {
            return null;
        }

        var host = company.Host(scan.Host);
        var over = site.Time.GetUtcNow() - scan.At >= host.Scan.Takes && host.Online;
        return new JsonObject
        {
            ["id"] = id, ["hosts"] = new JsonArray(scan.Host), ["description"] = scan.Description, ["status"] = over ? "completed" : "running",
            ["filecount"] = new JsonObject { ["scanned"] = host.Scan.Files, ["malicious"] = Threats(company, scan).Count },
        };
    });

    private static List<ThreatFound> Threats(Company company, ScanOrder scan) =>
        [.. company.Host(scan.Host).Scan.Threats.Where(threat => scan.Paths is null || scan.Paths.Any(path => WindowsPath.IsAtOrBelow(threat.Path, path)))];
}
