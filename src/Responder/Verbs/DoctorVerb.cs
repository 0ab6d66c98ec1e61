using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Cli.Settings;
using Responder.Hosting.Connections;
using Responder.Playbooks.Language;
using Responder.Storage;

namespace Responder.Cli.Verbs;

/// <summary><c>responder doctor</c>: what is configured, reachable, missing.</summary>
internal static class DoctorVerb
{
    public static Command Make()
    {
        var (data, connectors, config, output) = (Options.Data(), Options.Connectors(), Options.Config(), Options.Output());
        var playbooks = new Option<string>("--playbooks") { DefaultValueFactory = _ => "playbooks", Description = "The playbooks' folder." };
        var command = new Command("doctor", "Says what is configured, reachable, missing, and what to do next.") { data, connectors, config, playbooks, output };
        command.Does(async (parse, cancel) =>
        {
            var findings = new List<Finding> { Folder(parse.GetValue(data)!) };
            var scratch = Directory.CreateTempSubdirectory("responder-doctor");
            try
            {
                await using var set = NodeFactory.Connections(parse.GetValue(connectors), LoadedSettings.Read(parse.GetValue(config)), scratch.FullName, NullLoggerFactory.Instance);
                foreach (var connection in set.All)
                {
                    var health = await set.CheckAsync(connection.Name, cancel);
                    findings.Add(new Finding($"connection {connection.Name}", health.Ok, health.Message));
                }

                foreach (var capability in set.Catalog.All.Select(action => action.Capability).Distinct().Where(one => !set.Serves(one)))
                {
                    findings.Add(new Finding($"capability {capability}", false, "no connection serves it; name one under Connections in the settings"));
                }

                findings.Add(Playbooks(parse.GetValue(playbooks)!, new ReadOptions { Catalog = set.Catalog, Connections = set.Served() }));
            }
            finally
            {
                scratch.Delete(recursive: true);
            }

            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(findings);
            }
            else
            {
                findings.ForEach(finding => Console.Out.WriteLine($"{(finding.Ok ? "ok  " : "LOOK")}  {finding.What,-28} {finding.Message}"));
            }

            return findings.All(finding => finding.Ok) ? ExitCodes.Done : ExitCodes.RunFailed;
        });
        return command;
    }

    private static Finding Folder(string path) => DataFolder.HolderOf(path) is { } holder
        ? new Finding($"data folder {path}", true, $"in use by process {holder.Pid}{(holder.Address is { } address ? $", which answers at {address}" : string.Empty)}")
        : new Finding($"data folder {path}", true, Directory.Exists(path) ? "free" : "is made at the first start");

    private static Finding Playbooks(string folder, ReadOptions options)
    {
        if (!Directory.Exists(folder))
        {
            return new Finding($"playbooks {folder}", false, "there is no such folder; name it with --playbooks");
        }

        var library = PlaybookLibrary.Load(folder, options);
        var errors = library.Problems.Count(problem => problem.Level == ProblemLevel.Error);
        return new Finding($"playbooks {folder}", errors == 0, errors == 0 ? $"{library.Playbooks.Count} load" : $"{errors} errors; see: responder validate {folder}");
    }

    private sealed record Finding(string What, bool Ok, string Message);
}
