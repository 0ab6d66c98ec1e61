using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>An on-demand scan (ODS). The step's key is in its description, so it is found again; a second scan would be harmless.</summary>
[Recovery(Recover.Probe)]
internal sealed class ScanHandler(FalconClient falcon, FalconHosts hosts) : IActionHandler<Scan, ScanDone>, IProbe<Scan, ScanDone>
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    public async Task<Outcome<ScanDone>> RunAsync(Scan action, ActionContext context)
    {
        var device = await hosts.GetAsync(action.Host, context.Cancel);
        var online = await hosts.OnlineAsync([device.DeviceId!], context.Cancel);
        if (online.GetValueOrDefault(device.DeviceId!) == "offline")
        {
            throw new ActionFailure(FailureKind.Offline, $"{device.Hostname} is not connected to Falcon. It is scanned when it is back.");
        }

        var request = new RestRequest("/ods/entities/scans/v1", Method.Post).WithJson(new
        {
            hosts = (string[])[device.DeviceId!],
            file_paths = action.Paths is { Count: > 0 } paths ? paths : device.IsWindows ? ["C:\\*"] : ["/*"],
            description = Description(context.IdempotencyKey),
            initiated_from = "cloud_adhoc",
            cpu_priority = 2,
            quarantine = true,
            endpoint_notification = false,
            max_duration = 2,
        });
        var answer = await falcon.Rest.ActAsync(request, context);
        var id = answer.Read<OdsAnswer>(VendorJson.Snake) is var made ? (made.Resource ?? (made.Resources is [var first, ..] ? first : null))?.Id : null;
        return id is null ? throw new ActionFailure(FailureKind.Unknown, "Falcon took the scan and gave no id of it.")
            : await Ordered.FollowAsync($"The scan {id} of {device.Hostname} was ordered", () => WaitAsync(id, context), FailureKind.Conflict);
    }

    public async Task<ProbeAnswer<ScanDone>> ProbeAsync(Intent<Scan> intent, ActionContext context)
    {
        var found = await falcon.GetAsync("/ods/queries/scans/v1", context.Cancel, ("filter", Fql.Is("description", Description(intent.Key))), ("limit", "10"));
        var id = found.Json.TryGetProperty("resources", out var list) && list.ValueKind == System.Text.Json.JsonValueKind.Array && list.GetArrayLength() > 0 ? list[0].GetString() : null;
        if (id is null)
        {
            return ProbeAnswer.NotHappened<ScanDone>("No scan carries this step's key.");
        }

        var scan = await GetAsync(id, context.Cancel);
        return scan.IsOver ? ProbeAnswer.Happened(await DoneAsync(scan, context.Cancel), $"{id} carries this step's key and has ended.")
            : ProbeAnswer.CannotTell<ScanDone>($"{id} carries this step's key and is {scan.Status}.");
    }

    private async Task<ScanDone> WaitAsync(string id, ActionContext context)
    {
        var began = context.Time.GetUtcNow();
        while (true)
        {
            var scan = await GetAsync(id, CancellationToken.None);
            context.Report(scan.Filecount?.Scanned ?? 0, 0, "files");
            if (scan.IsOver || context.Time.GetUtcNow() - began > Longest || context.Cancel.IsCancellationRequested)
            {
                return await DoneAsync(scan, CancellationToken.None);
            }

            await Task.Delay(Poll, context.Time, CancellationToken.None);
        }
    }

    private async Task<OdsScan> GetAsync(string id, CancellationToken cancel)
    {
        var answer = await falcon.GetAsync("/ods/entities/scans/v2", cancel, ("ids", id));
        return answer.Read<FalconEnvelope<OdsScan>>(VendorJson.Snake).Resources is [var scan, ..] ? scan : throw new ActionFailure(FailureKind.NotFound, $"Falcon knows no scan {id}.");
    }

    private async Task<ScanDone> DoneAsync(OdsScan scan, CancellationToken cancel)
    {
        var found = await falcon.GetAsync("/ods/queries/malicious-files/v1", cancel, ("filter", Fql.Is("scan_id", scan.Id!)), ("limit", "500"));
        var ids = found.Json.TryGetProperty("resources", out var list) && list.ValueKind == System.Text.Json.JsonValueKind.Array ? list.EnumerateArray().Select(one => one.GetString()!).ToList() : [];
        IReadOnlyList<OdsFile> files = ids.Count == 0 ? []
            : (await falcon.GetAsync("/ods/entities/malicious-files/v1", cancel, [.. ids.Take(100).Select(id => ("ids", (string?)id))])).Read<FalconEnvelope<OdsFile>>(VendorJson.Snake).Resources ?? [];
        var status = !scan.IsOver ? "running" : scan.Status is "failed" or "canceled"
            ? throw new ActionFailure(FailureKind.Conflict, $"The scan {scan.Id} was {scan.Status}.") { Code = scan.Status } : files.Count > 0 || scan.Filecount?.Malicious > 0 ? "threats_found" : "clean";
        return new ScanDone(scan.Id!, status, scan.Filecount?.Scanned ?? 0, [.. files.Select(file => new ThreatFound(file.Filepath ?? file.Filename ?? "?", file.PatternName ?? $"pattern {file.PatternId}", file.Quarantined == true ? "quarantined" : null))]);
    }

    private static string Description(string key) => $"responder {key}";
}

/// <summary>The answer to a new scan.</summary>
internal sealed record OdsAnswer(OdsScan? Resource, IReadOnlyList<OdsScan>? Resources);

/// <summary>A scan.</summary>
internal sealed record OdsScan(string? Id, string? Status, OdsCount? Filecount)
{
    public bool IsOver => Status is "completed" or "failed" or "canceled";
}

/// <summary>How many files a scan read.</summary>
internal sealed record OdsCount(long? Scanned, long? Malicious);

/// <summary>A file that a scan found.</summary>
internal sealed record OdsFile(string? Filepath, string? Filename, string? Hash, long? PatternId, string? PatternName, bool? Quarantined);
