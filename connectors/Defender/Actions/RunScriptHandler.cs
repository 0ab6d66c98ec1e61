using System.Text.Json;
using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Edr;
using RestSharp;

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
internal sealed class RunScriptHandler(DefenderApi defender, Machines machines, MachineActions actions) : IActionHandler<RunLibraryScript, LibraryScriptRun>, IProbe<RunLibraryScript, LibraryScriptRun>
{
    private const string Type = "LiveResponse";
    private const int MostText = 100_000;
    private static readonly TimeSpan Begins = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    public async Task<Outcome<LibraryScriptRun>> RunAsync(RunLibraryScript action, ActionContext context)
    {
        if (action.Script.Length == 0 || !action.Script.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' '))
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{action.Script}' is no name of a library script: letters, digits, blanks, '-', '_' and '.'.");
        }

        List<object> values = [new { key = "ScriptName", value = action.Script }];
        if (action.Arguments is { } arguments)
        {
            values.Add(new { key = "Args", value = arguments.Render((value, _) => PowerShellArgument.Quote(value)) });
        }

        var machine = await machines.GetAsync(action.Host, context.Cancel);
        var order = await actions.OrderAsync(machine.Id!, "runliveresponse", new() { ["Commands"] = (object[])[new { type = "RunScript", @params = values }] }, null, context);
        return await MachineActions.AfterAsync(order, () => EndAsync(order, machine, context));
    }

    public async Task<ProbeAnswer<LibraryScriptRun>> ProbeAsync(Intent<RunLibraryScript> intent, ActionContext context)
    {
        var machine = await machines.GetAsync(intent.Action.Host, context.Cancel);
        return await actions.OfStepAsync(machine.Id!, intent.Key, context.Cancel, Type) switch
        {
            null or { Status: "Cancelled" } => ProbeAnswer.NotHappened<LibraryScriptRun>("No order that carries this step's mark was carried out."),
            { IsOver: false } open => ProbeAnswer.CannotTell<LibraryScriptRun>($"{open.Id} carries this step's mark and is {open.Status}."),
            var over => ProbeAnswer.Happened(await ReadAsync(over, machine, context.Cancel), $"{over.Id} carries this step's mark and has {over.Status}."),
        };
    }

    private async Task<LibraryScriptRun> EndAsync(MachineAction order, Machine machine, ActionContext context)
    {
        order = await actions.WaitAsync(order, Begins, context.Cancel);
        if (order.Status == "Pending" && await actions.WithdrawAsync(order, $"{machine.Hostname} did not answer."))
        {
            throw new ActionFailure(FailureKind.Offline, $"{machine.Hostname} did not begin the script within {Begins.TotalMinutes:0} minutes; the order was taken back. It is tried again when the machine is back.") { Code = "Pending" };
        }

        order = await actions.WaitAsync(order, Longest, CancellationToken.None);
        return order.IsOver ? await ReadAsync(order, machine, CancellationToken.None)
            : throw new ActionFailure(FailureKind.Unknown, $"The script on {machine.Hostname} has run for {Longest.TotalMinutes:0} minutes and gives no end.") { Code = "no_end" };
    }

    private async Task<LibraryScriptRun> ReadAsync(MachineAction order, Machine machine, CancellationToken cancel)
    {
        var command = order.Commands is [var only, ..] ? only : null;
        if (order.Status != "Succeeded" || command?.CommandStatus == "Failed")
        {
            throw new ActionFailure(FailureKind.Conflict, $"The script on {machine.Hostname} has {order.Status}: {string.Join("; ", command?.Errors ?? [])}. What it did before that is not known.") { Code = order.Status };
        }

        var link = (await defender.Rest.ReadAsync(new RestRequest($"api/machineactions/{Uri.EscapeDataString(order.Id!)}/GetLiveResponseResultDownloadLink(index=0)"), cancel)).Json;
        var result = (await defender.Storage.ReadAsync(new RestRequest(new Uri(link.GetProperty("value").GetString()!)), cancel)).Json;
        return new LibraryScriptRun(Text(result, "script_output"), Text(result, "script_errors"), result.TryGetProperty("exit_code", out var code) && code.TryGetInt32(out var number) ? number : 0);
    }

    private static string Text(JsonElement result, string name) =>
        result.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() is { Length: > MostText } text ? text[..MostText] : found.GetString()! : string.Empty;
}
