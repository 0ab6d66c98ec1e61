namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>Image and start are compared in the script that ends it, on the handle by which it is ended: a number used again meanwhile is another process.</summary>
/// <param name="scripts">The EDR's way to run it.</param>
public abstract class ProcessKill(IHostScripts scripts)
    : IActionHandler<KillProcess, ProcessKilled>, IReadsBefore<KillProcess>, IProbe<KillProcess, ProcessKilled>
{
    /// <inheritdoc/>
    public async Task<Outcome<ProcessKilled>> RunAsync(KillProcess action, ActionContext context)
    {
        var host = await scripts.HostAsync(action.Host, context.Cancel);
        var process = await FindAsync(host, action, context);
        if (process is null)
        {
            // What is not there may have been ended by us before: only then is it so already.
            return await scripts.RememberedAsync(host, new SentScript(null, ("mode", HostScript.Kill), HostScript.PidOf(action.Pid)), context.Cancel) is { End: "gone", Processes: [var ended] } && Images.Same(ended.Image, action.Image)
                ? Outcome.AlreadySo(new ProcessKilled(action.Pid, ended.Image, Gone: true))
                : throw new ActionFailure(FailureKind.NotFound, $"{host.Hostname} has no process {action.Pid}.");
        }

        Check(host, process, action);
        var done = await scripts.UseAsync(host, session => session.ActAsync(HostScript.End(action), context), context.Cancel);
        return done.End switch
        {
            "gone" => new ProcessKilled(action.Pid, process.Image, Gone: true),
            "absent" => Outcome.AlreadySo(new ProcessKilled(action.Pid, process.Image, Gone: true)),
            "left" => new ProcessKilled(action.Pid, process.Image, Gone: false),
            _ => throw new ActionFailure(FailureKind.Conflict, $"Process {action.Pid} on {host.Hostname} became another one. It was not ended."),
        };
    }

    /// <inheritdoc/>
    public async Task<Before> BeforeAsync(KillProcess action, ActionContext context)
    {
        var process = await FindAsync(await scripts.HostAsync(action.Host, context.Cancel), action, context);
        return new Before(process is not null, process is null ? $"{action.Pid} does not run" : $"{process.Image} runs");
    }

    /// <inheritdoc/>
    public async Task<ProbeAnswer<ProcessKilled>> ProbeAsync(Intent<KillProcess> intent, ActionContext context)
    {
        var host = await scripts.HostAsync(intent.Action.Host, context.Cancel);
        var process = await FindAsync(host, intent.Action, context);
        return process is not null && IsMeant(process, intent.Action)
            ? ProbeAnswer.NotHappened<ProcessKilled>($"{process.Image} still runs as {intent.Action.Pid} on {host.Hostname}.")
            : ProbeAnswer.Happened(new ProcessKilled(intent.Action.Pid, intent.Action.Image, Gone: true), $"Process {intent.Action.Pid} no longer runs on {host.Hostname}.");
    }

    private async Task<ProcessInfo?> FindAsync(ScriptHost host, KillProcess action, ActionContext context) =>
        (await scripts.UseAsync(host, session => session.LookAsync(HostScript.Processes, context.IdempotencyKey, context.Cancel), context.Cancel)).Processes
            .FirstOrDefault(process => process.Pid == action.Pid);

    private static bool IsMeant(ProcessInfo process, KillProcess action) =>
        Images.Same(process.Image, action.Image) && (action.StartedAt is not { } start || process.StartedAt is not { } began || (began - start).Duration() < TimeSpan.FromSeconds(1));

    private static void Check(ScriptHost host, ProcessInfo process, KillProcess action)
    {
        if (!IsMeant(process, action))
        {
            throw new ActionFailure(
                FailureKind.Conflict,
                $"Process {action.Pid} on {host.Hostname} is {process.Image}, started {process.StartedAt:u}, not {action.Image}{(action.StartedAt is { } start ? $", started {start:u}" : string.Empty)}. It was not ended.");
        }
    }
}
