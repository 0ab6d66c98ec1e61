using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

[Recovery(Recover.Probe)]
internal sealed class ScanHandler(MockEstate estate) : IActionHandler<Scan, ScanDone>, IProbe<Scan, ScanDone>
{
    private const int Parts = 10;

    public TimeSpan Settle => estate.Read(company => company.Settle);

    public async Task<Outcome<ScanDone>> RunAsync(Scan action, ActionContext context)
    {
        var (hostname, findings) = estate.Read(company =>
        {
            var host = company.Host(action.Host);
            host.MustBeOnline();
            return (host.Hostname, host.Scan);
        });
        await context.ConfirmMayActAsync();
        var done = estate.Do(EffectBy.Step("edr.scan", hostname, context), company => new ScanOrdered(
            $"scan-{company.Scans.Count + 1:D4}", company.Host(action.Host).Id, Description(context.IdempotencyKey), action.Paths))!;
        for (var part = 1; part <= Parts; part++)
        {
            if (findings.Takes > TimeSpan.Zero)
            {
                await Task.Delay(findings.Takes / Parts, context.Time, context.Cancel);
            }

            context.Report(findings.Files * part / Parts, findings.Files, "files");
        }

        return Result(((ScanOrdered)done.Change!).Id, findings, action.Paths);
    }

    public Task<ProbeAnswer<ScanDone>> ProbeAsync(Intent<Scan> intent, ActionContext context) => Task.FromResult(estate.Read(company =>
    {
        var findings = company.Host(intent.Action.Host).Scan;
        if (company.Scans.Values.FirstOrDefault(scan => scan.Description == Description(intent.Key)) is not { } scan)
        {
            return ProbeAnswer.NotHappened<ScanDone>("No scan carries this step's key.");
        }

        return context.Time.GetUtcNow() - scan.At >= findings.Takes
            ? ProbeAnswer.Happened(Result(scan.Id, findings, scan.Paths), $"{scan.Id} carries this step's key and has ended.")
            : ProbeAnswer.CannotTell<ScanDone>($"{scan.Id} carries this step's key and still runs.");
    }));

    private static string Description(string key) => $"responder {key}";

    private static ScanDone Result(string id, ScanFindings findings, IReadOnlyList<string>? paths)
    {
        var threats = findings.Threats.Where(threat => paths is null || paths.Any(path => WindowsPath.IsAtOrBelow(threat.Path, path))).ToList();
        return new ScanDone(id, threats.Count > 0 ? "threats_found" : "clean", findings.Files, threats);
    }
}
