using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Cli.Settings;
using Responder.Engine.Alerts;
using Responder.Engine.Matching;
using Responder.Engine.Planning;
using Responder.Playbooks.Language;

namespace Responder.Cli.Verbs;

/// <summary><c>responder plan PLAYBOOK --alert FILE</c>: a dry run. No effect ever.</summary>
internal static class PlanVerb
{
    public static Command Make()
    {
        var playbook = new Argument<string>("playbook") { Description = "A playbook's folder, file or id." };
        var alert = new Option<string?>("--alert") { Description = "The alert, a file in any source's form." };
        var source = new Option<string>("--source") { Description = "The alert's source; auto finds it by shape.", DefaultValueFactory = _ => AlertNormalizer.Auto };
        var set = new Option<string[]>("--set") { Description = "An input: name=value; lists by commas.", DefaultValueFactory = _ => [] };
        var (output, connectors, config) = (Options.Output(), Options.Connectors(), Options.Config());
        var command = new Command("plan", "Shows what a run would do: steps, inputs, gates, what policy says, what it would touch. Nothing has an effect.\n\nExample: responder plan playbooks/t1074-data-staged --alert alert.json")
        {
            playbook, alert, source, set, output, connectors, config,
        };
        command.Does(async (parse, cancel) =>
        {
            // The mock keeps a file: a dry run gets a folder of its own, gone afterwards.
            var scratch = Directory.CreateTempSubdirectory("responder-plan");
            try
            {
                var settings = LoadedSettings.Read(parse.GetValue(config));
                await using var set1 = NodeFactory.Connections(parse.GetValue(connectors), settings, scratch.FullName, NullLoggerFactory.Instance);
                var (plan, _) = PlaybookFinder.Load(parse.GetValue(playbook)!, new ReadOptions { Catalog = set1.Catalog, Connections = set1.Served() });
                var read = parse.GetValue(alert) is { } file ? RunVerb.ReadAlert(file, parse.GetValue(source)!) : null;
                var start = StartResolver.Resolve(plan.Root, read?.Json, RunVerb.Inputs(parse.GetValue(set)!, plan.Root), DateTimeOffset.UtcNow);
                if (start.Start is null)
                {
                    throw new BadInputException(string.Join(Environment.NewLine, start.Problems.Select(problem => $"{problem.File}:{problem.Line}:{problem.Column}: {problem.Reason}")));
                }

                var made = await Planner.MakeAsync(plan, start.Start, read?.Json, set1, NodeFactory.Policy(null, settings, set1.Catalog, NullLoggerFactory.Instance), TimeProvider.System, cancel);
                if (parse.GetValue(output) == "json")
                {
                    Verb.PrintJson(made);
                }
                else
                {
                    PlanText.Write(made);
                }

                return ExitCodes.Done;
            }
            finally
            {
                scratch.Delete(recursive: true);
            }
        });
        return command;
    }
}
