using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Defender.Actions;

/// <summary>A full antivirus scan. Defender tells its end and nothing of what it read; what it found comes as alerts of the machine.</summary>
[Recovery(Recover.Probe)]
internal sealed class ScanHandler(Machines machines, MachineActions actions, DefenderAlerts alerts) : IActionHandler<Scan, ScanDone>, IProbe<Scan, ScanDone>
{
    private const string Type = "RunAntiVirusScan";
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    public async Task<Outcome<ScanDone>> RunAsync(Scan action, ActionContext context)
    {
        if (action.Paths is { Count: > 0 })
        {
            throw new ActionFailure(FailureKind.Invalid, "Defender scans a whole machine; leave paths out.");
        }

        var machine = await machines.GetAsync(action.Host, context.Cancel);
        var order = await actions.OrderAsync(machine.Id!, "runAntiVirusScan", new() { ["ScanType"] = "Full" }, null, context);
        context.Report(0, 1, "scans");
        return await MachineActions.AfterAsync(order, async () => await DoneAsync(await actions.WaitAsync(order, Longest, context.Cancel), CancellationToken.None));
    }

    public async Task<ProbeAnswer<ScanDone>> ProbeAsync(Intent<Scan> intent, ActionContext context)
    {
        var order = await actions.OfStepAsync((await machines.GetAsync(intent.Action.Host, context.Cancel)).Id!, intent.Key, context.Cancel, Type);
        return order is null ? ProbeAnswer.NotHappened<ScanDone>("No scan carries this step's mark.")
            : order.IsOver ? ProbeAnswer.Happened(await DoneAsync(order, context.Cancel), $"{order.Id} carries this step's mark and has {order.Status}.")
            : ProbeAnswer.CannotTell<ScanDone>($"{order.Id} carries this step's mark and is {order.Status}.");
    }

    private async Task<ScanDone> DoneAsync(MachineAction order, CancellationToken cancel)
    {
        if (order.Status is "Failed" or "TimeOut" or "Cancelled")
        {
            throw new ActionFailure(FailureKind.Conflict, $"The scan {order.Id} of {order.ComputerDnsName} has {order.Status}.") { Code = order.Status };
        }

        var found = !order.IsOver ? [] : (await alerts.OfMachineAsync(order.MachineId!, cancel))
            .Where(alert => alert.DetectionSource is "WindowsDefenderAv" or "Antivirus" && alert.AlertCreationTime >= order.CreationDateTimeUtc)
            .SelectMany(alert => (alert.Evidence ?? []).Where(one => one.EntityType == "File").Select(one => new ThreatFound($"{one.FilePath?.TrimEnd('\\')}\\{one.FileName}", alert.ThreatName ?? alert.Title ?? "?", one.DetectionStatus?.ToLowerInvariant())))
            .DistinctBy(threat => threat.Path, StringComparer.OrdinalIgnoreCase).ToList();
        return new ScanDone(order.Id!, !order.IsOver ? "running" : found.Count > 0 ? "threats_found" : "clean", 0, found);
    }
}
