using System.CommandLine;
using Responder.Cli.Desk;
using Responder.Playbooks.Graph;

namespace Responder.Cli.Verbs;

/// <summary><c>responder graph</c>: a picture of a playbook, or of what a run of it did.</summary>
internal static class GraphVerb
{
    public static Command Make()
    {
        var playbook = new Argument<string>("playbook") { Description = "A playbook's folder, file or id." };
        var file = new Option<string?>("-o") { Description = "The SVG file; standard output where it is not said." };
        var run = new Option<string?>("--run") { Description = "A run of it: drawn as the run's own version was, each step coloured by what happened." };
        var (config, data, server) = (Options.Config(), Options.Data(), Desks.Server());
        var command = new Command("graph", "Draws a playbook as SVG.\n\nExample: responder graph playbooks/t1074-data-staged --run ID -o run.svg") { playbook, file, run, config, data, server };
        command.Does(async (parse, cancel) =>
        {
            var name = parse.GetValue(playbook)!;
            if (parse.GetValue(run) is not { } id)
            {
                var (plan, _) = PlaybookFinder.Load(name, await ReadOptionsHere.MakeAsync("mock", parse.GetValue(config)));
                await ReadOptionsHere.WriteAsync(parse.GetValue(file), GraphWriter.Svg(plan.Root));
                return ExitCodes.Done;
            }

            await using var desk = await Desks.OpenAsync(parse.GetValue(data)!, parse.GetValue(server), parse.GetValue(config), acts: false, cancel);
            var view = await desk.RunAsync(id, cancel) ?? throw RunsVerb.NoRun(id);
            if (view.Playbook != PlaybookFinder.IdOf(name))
            {
                throw new BadInputException($"Run {id} is one of the playbook '{view.Playbook}', not of '{PlaybookFinder.IdOf(name)}'.");
            }

            await ReadOptionsHere.WriteAsync(parse.GetValue(file), await desk.GraphAsync(id, cancel) ?? throw RunsVerb.NoRun(id));
            return ExitCodes.Done;
        });
        return command;
    }
}
