using Responder.Connectors.Defender.Client;
using Responder.Connectors.Defender.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Defender.Actions;

/// <summary>Runs a script of Defender's live-response library on a machine. What it does nobody here can know: it counts as destroying.</summary>
/// <param name="Host">Defender's id of the machine.</param>
/// <param name="Script">The script's name in the library.</param>
/// <param name="Arguments">Its arguments; values are quoted as one argument each.</param>
[Action("defender.run_script", Effect.Destroy)]
public sealed record RunLibraryScript(
    [property: Target(TargetKind.Host)] string Host, string Script, [property: Language("PowerShell arguments")] Template? Arguments = null) : IAction<LibraryScriptRun>;

/// <summary>What a script printed.</summary>
/// <param name="Output">Its standard output, the first 100,000 characters.</param>
/// <param name="Errors">Its standard error, the first 100,000 characters.</param>
/// <param name="ExitCode">Its exit code.</param>
public sealed record LibraryScriptRun(string Output, string Errors, int ExitCode);

/// <summary>The order carries the step's mark, so it and its output are found again. Nothing waits for a machine that is away: an order that does not begin is taken back.</summary>
[Recovery(Recover.Probe)]
internal sealed class RunScriptHandler(Machines machines, MachineActions actions, LiveDesk desk) : IActionHandler<RunLibraryScript, LibraryScriptRun>, IProbe<RunLibraryScript, LibraryScriptRun>
{
    private const int MostText = 100_000;

    public async Task<Outcome<LibraryScriptRun>> RunAsync(RunLibraryScript action, ActionContext context)
    {
        if (action.Script.Length == 0 || !action.Script.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' '))
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{action.Script}' is no name of a library script: letters, digits, blanks, '-', '_' and '.'.");
        }

        var arguments = action.Arguments?.Render((value, _) => PowerShellArgument.Quote(value));
        var machine = await machines.GetAsync(action.Host, context.Cancel);
        return await desk.UseAsync(
            machine.Id!, () => desk.ActAsync(machine.Id!, machine.Hostname, context, order => ReadAsync(order, machine, CancellationToken.None), LiveCommand.RunScript(action.Script, arguments)), context.Cancel);
    }

    public async Task<ProbeAnswer<LibraryScriptRun>> ProbeAsync(Intent<RunLibraryScript> intent, ActionContext context)
    {
        var machine = await machines.GetAsync(intent.Action.Host, context.Cancel);
        return await actions.OfStepAsync(machine.Id!, intent.Key, context.Cancel, LiveDesk.Type) switch
        {
            null or { Status: "Cancelled" } => ProbeAnswer.NotHappened<LibraryScriptRun>("No order that carries this step's mark was carried out."),
            { IsOver: false } open => ProbeAnswer.CannotTell<LibraryScriptRun>($"{open.Id} carries this step's mark and is {open.Status}."),
            var over => ProbeAnswer.Happened(await ReadAsync(over, machine, context.Cancel), $"{over.Id} carries this step's mark and has {over.Status}."),
        };
    }

    private async Task<LibraryScriptRun> ReadAsync(MachineAction order, Machine machine, CancellationToken cancel)
    {
        if (order.Status != "Succeeded" || order.Commands is [{ CommandStatus: "Failed" }, ..])
        {
            throw new ActionFailure(FailureKind.Conflict, $"The script on {machine.Hostname} has {order.Status}: {order.Said}. What it did before that is not known.") { Code = order.Status };
        }

        var printed = await desk.PrintedAsync(order, 0, cancel);
        return new LibraryScriptRun(Cut(printed.Output), Cut(printed.Errors), printed.ExitCode);
    }

    private static string Cut(string text) => text.Length > MostText ? text[..MostText] : text;
}
