using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

[Recovery(Recover.Probe)]
internal sealed class KillProcessHandler(MockEstate estate)
    : IActionHandler<KillProcess, ProcessKilled>, IReadsBefore<KillProcess>, IProbe<KillProcess, ProcessKilled>
{
    public TimeSpan Settle => estate.Read(company => company.Settle);

    public async Task<Outcome<ProcessKilled>> RunAsync(KillProcess action, ActionContext context)
    {
        var (hostname, image, runs) = estate.Read(company => Find(company, action));
        if (!runs)
        {
            return Outcome.AlreadySo(new ProcessKilled(action.Pid, image, Gone: true));
        }

        await context.ConfirmMayActAsync();
        var done = estate.Do(EffectBy.Step("edr.kill_process", $"{hostname}/{action.Pid}", context), company =>
            Find(company, action).Runs ? new ProcessEnded(company.Host(action.Host).Id, action.Pid) : null);
        var killed = new ProcessKilled(action.Pid, image, Gone: !estate.Read(company => Find(company, action).Runs));
        return done is null ? Outcome.AlreadySo(killed) : killed;
    }

    public Task<Before> BeforeAsync(KillProcess action, ActionContext context) => Task.FromResult(estate.Read(company =>
    {
        var (_, image, runs) = Find(company, action);
        return new Before(runs, runs ? $"{image} runs" : $"{image} has ended");
    }));

    public Task<ProbeAnswer<ProcessKilled>> ProbeAsync(Intent<KillProcess> intent, ActionContext context) => Task.FromResult(estate.Read(company =>
    {
        var host = company.Host(intent.Action.Host);
        return host.Processes.TryGetValue(intent.Action.Pid, out var process) && process.EndedAt is null && IsMeant(process, intent.Action)
            ? ProbeAnswer.NotHappened<ProcessKilled>($"{process.Image} still runs as {intent.Action.Pid} on {host.Hostname}.")
            : ProbeAnswer.Happened(new ProcessKilled(intent.Action.Pid, process?.Image ?? intent.Action.Image, Gone: true), $"Process {intent.Action.Pid} no longer runs on {host.Hostname}.");
    }));

    private static (string Hostname, string Image, bool Runs) Find(Company company, KillProcess action)
    {
        var host = company.Host(action.Host);
        host.MustBeOnline();
        return !host.Processes.TryGetValue(action.Pid, out var process)
            ? throw new ActionFailure(FailureKind.NotFound, $"{host.Hostname} has no process {action.Pid}.")
            : !IsMeant(process, action)
                ? throw new ActionFailure(
                    FailureKind.Conflict,
                    $"Process {action.Pid} on {host.Hostname} is {process.Image}, started {process.StartedAt:u}, not {action.Image}{(action.StartedAt is { } start ? $", started {start:u}" : string.Empty)}. It was not ended.")
                : (host.Hostname, process.Image, process.EndedAt is null);
    }

    private static bool IsMeant(HostProcess process, KillProcess action) =>
        Images.Same(process.Image, action.Image) && (action.StartedAt is not { } start || process.StartedAt is not { } began || (began - start).Duration() < TimeSpan.FromSeconds(1));
}
