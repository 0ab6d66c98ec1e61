using System.Globalization;
using System.Text;
using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>Image and start are compared in the script that ends it, on the handle by which it is ended: a number used again meanwhile is another process.</summary>
[Recovery(Recover.Probe)]
internal sealed class KillProcessHandler(FalconHosts hosts, RtrDesk desk, HostScripts scripts)
    : IActionHandler<KillProcess, ProcessKilled>, IReadsBefore<KillProcess>, IProbe<KillProcess, ProcessKilled>
{
    public async Task<Outcome<ProcessKilled>> RunAsync(KillProcess action, ActionContext context)
    {
        var device = await hosts.GetAsync(action.Host, context.Cancel);
        var process = await FindAsync(device, action, context);
        if (process is null)
        {
            // What is not there may have been ended by us before: only then is it so already.
            return await scripts.RememberedAsync(device, KillOf(action.Pid), context.Cancel) is { End: "gone", Processes: [var ended] } && Images.Same(ended.Image, action.Image)
                ? Outcome.AlreadySo(new ProcessKilled(action.Pid, ended.Image, Gone: true))
                : throw new ActionFailure(FailureKind.NotFound, $"{device.Hostname} has no process {action.Pid}.");
        }

        Check(device, process, action);
        var done = await desk.UseAsync(device, session => scripts.KillAsync(session, action, context), context.Cancel);
        return done.End switch
        {
            "gone" => new ProcessKilled(action.Pid, process.Image, Gone: true),
            "absent" => Outcome.AlreadySo(new ProcessKilled(action.Pid, process.Image, Gone: true)),
            "left" => new ProcessKilled(action.Pid, process.Image, Gone: false),
            _ => throw new ActionFailure(FailureKind.Conflict, $"Process {action.Pid} on {device.Hostname} became another one. It was not ended."),
        };
    }

    public async Task<Before> BeforeAsync(KillProcess action, ActionContext context)
    {
        var process = await FindAsync(await hosts.GetAsync(action.Host, context.Cancel), action, context);
        return new Before(process is not null, process is null ? $"{action.Pid} does not run" : $"{process.Image} runs");
    }

    public async Task<ProbeAnswer<ProcessKilled>> ProbeAsync(Intent<KillProcess> intent, ActionContext context)
    {
        var device = await hosts.GetAsync(intent.Action.Host, context.Cancel);
        var process = await FindAsync(device, intent.Action, context);
        return process is not null && IsMeant(process, intent.Action)
            ? ProbeAnswer.NotHappened<ProcessKilled>($"{process.Image} still runs as {intent.Action.Pid} on {device.Hostname}.")
            : ProbeAnswer.Happened(new ProcessKilled(intent.Action.Pid, intent.Action.Image, Gone: true), $"Process {intent.Action.Pid} no longer runs on {device.Hostname}.");
    }

    private async Task<ProcessInfo?> FindAsync(FalconDevice device, KillProcess action, ActionContext context) =>
        (await desk.UseAsync(device, session => scripts.ProcessesAsync(session, context.IdempotencyKey, context.Cancel), context.Cancel)).FirstOrDefault(process => process.Pid == action.Pid);

    private static bool IsMeant(ProcessInfo process, KillProcess action) =>
        Images.Same(process.Image, action.Image) && (action.StartedAt is not { } start || process.StartedAt is not { } began || (began - start).Duration() < TimeSpan.FromSeconds(1));

    private static void Check(FalconDevice device, ProcessInfo process, KillProcess action)
    {
        if (!IsMeant(process, action))
        {
            throw new ActionFailure(
                FailureKind.Conflict,
                $"Process {action.Pid} on {device.Hostname} is {process.Image}, started {process.StartedAt:u}, not {action.Image}{(action.StartedAt is { } start ? $", started {start:u}" : string.Empty)}. It was not ended.");
        }
    }

    private static Func<string, bool> KillOf(long pid)
    {
        var (mode, number) = (Line("mode", "kill"), Line("pid_", pid.ToString(CultureInfo.InvariantCulture)));
        return text => text.Contains(mode, StringComparison.Ordinal) && text.Contains(number, StringComparison.Ordinal);
    }

    private static string Line(string name, string value) => $"{name}='{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}'";
}
