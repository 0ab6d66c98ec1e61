using System.CommandLine;
using Responder.Cli.Desk;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Engine.Reports;
using Responder.Hosting.Catalog;
using Responder.Web;
using Responder.Web.People;

namespace Responder.Cli.Verbs;

/// <summary><c>responder demo</c>: the first thing a newcomer runs. A server on a fresh store with mocks, the sample alert, the run going.</summary>
internal static class DemoVerb
{
    private const string Playbook = "t1074-data-staged";

    // Who tries the pages in a checkout wants no commits in it.
    private static readonly PublishSettings Tryout = new(Git: false);

    public static Command Make()
    {
        var approve = new Option<string>("--approve") { Description = "Who answers the gates: ask (the terminal), all, none.", DefaultValueFactory = _ => "ask" };
        approve.AcceptOnlyFromAmong("ask", "all", "none");
        var urls = new Option<string>("--urls") { DefaultValueFactory = _ => "http://127.0.0.1:0", Description = "Where to listen; loopback and a free port where it is not said." };
        var playbooks = new Option<string>("--playbooks") { DefaultValueFactory = _ => "playbooks", Description = "The playbooks' folder." };
        var data = new Option<string>("--data") { DefaultValueFactory = _ => "./data/demo", Description = "The demo's own folder; emptied at each start." };
        var command = new Command("demo", "Starts everything on mocks, sends the sample alert and shows the run going.\n\nExample: responder demo --approve all") { approve, urls, playbooks, data };
        command.Does(async (parse, cancel) =>
        {
            var logs = NodeFactory.Logs(verbose: false);
            var path = Path.GetFullPath(parse.GetValue(data)!);
            Empty(path);
            var (node, folder) = await NodeFactory.OpenAsync(path, "mock", null, logs, cancel);
            await using (var desk = new LocalDesk(node, folder, logs))
            {
                var home = parse.GetValue(playbooks)!;
                var app = ResponderServer.Build(node, new ServerOptions { Folder = folder, Urls = [parse.GetValue(urls)!], Playbooks = home, Publishing = Tryout, Logs = logs });
                await using (app)
                {
                    await app.StartAsync(cancel);
                    var address = app.Urls.First();
                    await app.Services.GetRequiredService<FirstSignIn>().Ready;
                    await Console.Error.WriteLineAsync($"Responder listens on {address}, mock connectors, nothing leaves this machine.\nPages: sign in once by {(await File.ReadAllTextAsync(folder.File(FirstSignIn.FileName), cancel)).Trim()}\nAPI: {address}/docs   key: {folder.File("api-key")}\n");
                    var (plan, _) = PlaybookFinder.Load(Path.Combine(home, Playbook), node.ReadOptions);
                    var read = RunVerb.ReadAlert(Path.Combine(home, Playbook, "alerts", "sysmon-data-staged.json"), "auto");
                    var start = StartResolver.Resolve(plan.Root, read.Json, null, DateTimeOffset.UtcNow).Start!;
                    var auto = RunVerb.Auto(parse.GetValue(approve)!);
                    var admitted = await node.Starter.StartAsync(
                        read.Row, [new StartRequest(plan, start, read.Json, $"terminal:{Environment.UserName}", auto, Dedupe: false)], drive: false, cancel);
                    var runId = admitted.Runs[0].RunId;
                    var code = await Foreground.DriveAsync(desk, runId, json: false, cancel);
                    var stored = await node.Store.Journal.ReadAsync(runId, 0, CancellationToken.None);
                    var file = folder.File($"report-{runId}.md");
                    await File.WriteAllTextAsync(file, ReportMarkdown.Write(IncidentReport.From([.. stored!.Events.Select(JournalCodec.Read)], DateTimeOffset.UtcNow)), CancellationToken.None);
                    await Console.Error.WriteLineAsync($"\nThe incident report: {file}");
                    await app.StopAsync(CancellationToken.None);
                    return code;
                }
            }
        });
        return command;
    }

    /// <summary>Fresh at each start; only files that this program makes are taken away.</summary>
    private static void Empty(string path)
    {
        if (Storage.DataFolder.HolderOf(path) is { } holder)
        {
            throw new BadInputException($"{path} is in use by process {holder.Pid}; end it, or name another folder with --data.");
        }

        if (!Directory.Exists(path))
        {
            return;
        }

        foreach (var pattern in (string[])["responder.db*", "artifacts.db*", "mock-estate.jsonl", "api-key", "first-sign-in", "report-*.md"])
        {
            foreach (var file in Directory.GetFiles(path, pattern))
            {
                File.Delete(file);
            }
        }
    }
}
