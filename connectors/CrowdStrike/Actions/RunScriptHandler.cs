using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>Runs a script that is stored in Falcon (Response scripts and files) on a host. What it does nobody here can know: it counts as destroying.</summary>
/// <param name="Host">Falcon's id of the host.</param>
/// <param name="Script">The stored script's name.</param>
/// <param name="Arguments">Its command line; values are quoted as one argument each.</param>
[Action("crowdstrike.run_script", Effect.Destroy)]
public sealed record RunScript(
    [property: Target(TargetKind.Host)] string Host, string Script, [property: Language("PowerShell arguments")] Template? Arguments = null) : IAction<ScriptRun>;

/// <summary>What a script printed.</summary>
/// <param name="Output">Its standard output, the first 100,000 characters.</param>
/// <param name="Errors">Its standard error.</param>
public sealed record ScriptRun(string Output, string Errors);

/// <summary>Nobody can tell whether a stored script may run twice, so a lost answer asks a person.</summary>
[Recovery(Recover.Ask)]
internal sealed class RunScriptHandler(FalconHosts hosts, RtrDesk desk) : IActionHandler<RunScript, ScriptRun>
{
    public async Task<Outcome<ScriptRun>> RunAsync(RunScript action, ActionContext context)
    {
        if (action.Script.Length == 0 || !action.Script.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' '))
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{action.Script}' is no name of a stored script: letters, digits, blanks, '-', '_' and '.'.");
        }

        var arguments = action.Arguments?.Render((value, _) => PowerShellArgument.Quote(value));
        if (arguments?.Contains("```", StringComparison.Ordinal) == true)
        {
            throw new ActionFailure(FailureKind.Invalid, "The arguments hold three backticks, which end them in Falcon.");
        }

        var host = (await hosts.GetAsync(action.Host, context.Cancel)).Scripted;
        var text = $"runscript -CloudFile=\"{action.Script}\"{(arguments is null ? string.Empty : $" -CommandLine=```{arguments}```")} -Timeout=600";
        var output = await desk.UseAsync(host, session => session.ActAsync(RtrRole.ActiveResponderCommand, "runscript", text, context), context.Cancel);
        return new ScriptRun(output.Stdout.Length > 100_000 ? output.Stdout[..100_000] : output.Stdout, output.Stderr);
    }
}
