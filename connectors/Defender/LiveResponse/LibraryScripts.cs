using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.Defender.LiveResponse;

/// <summary>Runs our scripts from Defender's library, each by an order of its own.</summary>
internal sealed class LibraryScripts(Machines machines, LiveDesk desk, ScriptLibrary library) : IHostScripts
{
    public async Task<ScriptHost> HostAsync(string id, CancellationToken cancel)
    {
        var machine = await machines.GetAsync(id, cancel);
        return machine.OsPlatform?.StartsWith("Windows", StringComparison.OrdinalIgnoreCase) != false ? new ScriptHost(machine.Id!, machine.Hostname, IsWindows: true)
            : throw new ActionFailure(FailureKind.Invalid, $"{machine.Hostname} runs {machine.OsPlatform}; folders and processes are served on Windows only.");
    }

    public Task<T> UseAsync<T>(ScriptHost host, Func<IScriptSession, Task<T>> use, CancellationToken cancel) =>
        desk.UseAsync(host.Id, () => use(new Scripted(this, host)), cancel);

    public async Task<ScriptOutput?> RememberedAsync(ScriptHost host, SentScript sent, CancellationToken cancel)
    {
        var order = (await desk.OrdersAsync(host.Id, cancel)).FirstOrDefault(order => order.Status != "Cancelled" && Is(order, sent));
        if (order is { IsOver: false })
        {
            order = await desk.EndAsync(order, host.Hostname, cancel);
        }

        return order is { Status: "Succeeded" } ? await ReadAsync(order, host, cancel) : null;
    }

    /// <summary>The command that runs a script.</summary>
    public async Task<LiveCommand> CommandAsync(HostScript script, CancellationToken cancel) =>
        LiveCommand.RunScript(await library.ReadyAsync(script.Name, cancel), string.Join(' ', script.Values.Select(ScriptText.Argument)));

    private async Task<ScriptOutput> ReadAsync(MachineAction order, ScriptHost host, CancellationToken cancel)
    {
        var printed = await desk.PrintedAsync(order, 0, cancel);
        return ScriptOutput.Read(printed.Output, printed.Errors, host);
    }

    private static bool Is(MachineAction order, SentScript sent) =>
        (sent.Key is null || order.RequestorComment?.Contains(CommentMark.Of(sent.Key), StringComparison.Ordinal) == true)
        && order.Commands is [{ Command: { Type: "RunScript" } command }, ..] && sent.Values.All(value => $" {command.Arguments} ".Contains($" {ScriptText.Argument(value)} ", StringComparison.Ordinal));

    /// <summary>A machine while it is ours.</summary>
    private sealed class Scripted(LibraryScripts scripts, ScriptHost host) : IScriptSession
    {
        public async Task<ScriptOutput> LookAsync(HostScript script, string key, CancellationToken cancel)
        {
            var order = await scripts.Desk.LookAsync(host.Id, host.Hostname, key, cancel, await scripts.CommandAsync(script, cancel));
            return order.Status == "Succeeded" ? await scripts.ReadAsync(order, host, cancel)
                : throw new ActionFailure(FailureKind.Transient, $"The script on {host.Hostname} has {order.Status}: {order.Said}") { Code = order.Status };
        }

        public async Task<ScriptOutput> ActAsync(HostScript script, ActionContext context) => await scripts.Desk.ActAsync(
            host.Id, host.Hostname, context,
            order => order.Status == "Succeeded" ? scripts.ReadAsync(order, host, CancellationToken.None)
                : throw new ActionFailure(FailureKind.Unknown, $"The script on {host.Hostname} has {order.Status}: {order.Said} What it did before that is not known.") { Code = order.Status },
            await scripts.CommandAsync(script, context.Cancel));
    }

    private LiveDesk Desk => desk;
}
