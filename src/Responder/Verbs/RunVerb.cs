using System.CommandLine;
using System.Text.Json;
using Responder.Engine.Alerts;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Hosting;
using Responder.Playbooks.Language;
using Responder.Playbooks.Mappings;

namespace Responder.Cli.Verbs;

/// <summary><c>responder run PLAYBOOK --alert FILE</c>: one run in the foreground on the durable store.</summary>
internal static class RunVerb
{
    public static Command Make()
    {
        var playbook = new Argument<string>("playbook") { Description = "A playbook's folder, file or id." };
        var alert = new Option<string?>("--alert") { Description = "The alert, a file in any source's form." };
        var source = new Option<string>("--source") { Description = "The alert's source; auto finds it by shape.", DefaultValueFactory = _ => AlertNormalizer.Auto };
        var approve = new Option<string>("--approve") { Description = "Who answers the gates: ask (the terminal), all, none.", DefaultValueFactory = _ => "ask" };
        approve.AcceptOnlyFromAmong("ask", "all", "none");
        var set = new Option<string[]>("--set") { Description = "An input: name=value; lists by commas.", DefaultValueFactory = _ => [] };
        var (data, output, connectors, config) = (Options.Data(), Options.Output(), Options.Connectors(), Options.Config());
        var verbose = new Option<bool>("-v") { Description = "Log more, to standard error." };
        var command = new Command("run", "Runs a playbook on an alert, here and now, on the durable store.\n\nExample: responder run playbooks/t1074-data-staged --alert alert.json --approve all")
        {
            playbook, alert, source, approve, set, data, output, connectors, config, verbose,
        };
        command.Does(async (parse, cancel) =>
        {
            using var logs = NodeFactory.Logs(parse.GetValue(verbose));
            var (node, folder) = await NodeFactory.OpenAsync(parse.GetValue(data)!, parse.GetValue(connectors), parse.GetValue(config), logs, cancel);
            using (folder)
            await using (node)
            {
                var (plan, _) = PlaybookFinder.Load(parse.GetValue(playbook)!, node.ReadOptions);
                var read = parse.GetValue(alert) is { } file ? ReadAlert(file, parse.GetValue(source)!) : null;
                var start = StartResolver.Resolve(plan.Root, read?.Json, Inputs(parse.GetValue(set)!, plan.Root), DateTimeOffset.UtcNow);
                if (start.Start is null)
                {
                    throw new BadInputException(string.Join(Environment.NewLine, start.Problems.Select(problem => $"{problem.File}:{problem.Line}:{problem.Column}: {problem.Reason}")));
                }

                var auto = parse.GetValue(approve) switch { "all" => AutoAnswer.All, "none" => AutoAnswer.None, _ => AutoAnswer.Ask };
                var result = await node.Starter.StartAsync(
                    read?.Row, [new StartRequest(plan, start.Start, read?.Json, $"terminal:{Environment.UserName}", auto, Dedupe: false)], drive: false, cancel);
                return await Foreground.DriveAsync(node, result.Runs[0].RunId, parse.GetValue(output) == "json", cancel);
            }
        });
        return command;
    }

    internal static ReadAlertResult ReadAlert(string file, string source)
    {
        if (!File.Exists(file))
        {
            throw new BadInputException($"{file}: there is no such file.");
        }

        var normalizer = new AlertNormalizer(BuiltInMappings.Read());
        if (!normalizer.Knows(source))
        {
            throw new BadInputException($"--source {source}: there is no such source; there are {string.Join(", ", normalizer.Sources)}.");
        }

        var normalized = normalizer.Normalize(source, File.ReadAllBytes(file), DateTimeOffset.UtcNow);
        if (normalized.Alerts is not [var alert, ..])
        {
            throw new BadInputException($"{file}: holds no alert. {string.Join(' ', normalized.Refused.Select(one => $"[{one.Index}] {one.Reason}"))}");
        }

        var json = alert.ToJson();
        return new ReadAlertResult(json, new AlertRow(
            new Ids(TimeProvider.System).New(), alert.Source, null, alert.ReceivedAt, "accepted", alert.Title ?? "alert", alert.SeverityScore, alert.Device.Hostname,
            alert.User.Email ?? alert.User.Name, json, alert.Raw.GetRawText(), null));
    }

    internal static Dictionary<string, JsonElement> Inputs(string[] pairs, Playbook playbook)
    {
        var inputs = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw new BadInputException($"--set {pair}: write name=value.");
            }

            var type = playbook.Inputs.FirstOrDefault(input => input.Name == pair[..at])?.Type;
            inputs[pair[..at]] = InputText.Read(pair[(at + 1)..], type);
        }

        return inputs;
    }

    internal sealed record ReadAlertResult(JsonElement Json, AlertRow Row);
}
