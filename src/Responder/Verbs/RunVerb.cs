using System.CommandLine;
using System.Text.Json;
using Responder.Cli.Desk;
using Responder.Engine.Alerts;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Hosting;
using Responder.Hosting.Intake;
using Responder.Playbooks.Language;
using Responder.Playbooks.Mappings;

namespace Responder.Cli.Verbs;

/// <summary><c>responder run PLAYBOOK --alert FILE</c>: one run in the foreground, on the durable store or on the server that has it.</summary>
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
        var (data, server, output, connectors, config) = (Options.Data(), Desks.Server(), Options.Output(), Options.Connectors(), Options.Config());
        var urls = AnswersHere.Urls();
        var verbose = new Option<bool>("-v") { Description = "Log more, to standard error." };
        var command = new Command("run", "Runs a playbook on an alert, here and now, on the durable store.\n\nExample: responder run playbooks/t1074-data-staged --alert alert.json --approve all")
        {
            playbook, alert, source, approve, set, data, server, output, connectors, config, urls, verbose,
        };
        command.Does(async (parse, cancel) =>
        {
            using var logs = NodeFactory.Logs(parse.GetValue(verbose));
            var order = new Order(parse.GetValue(playbook)!, parse.GetValue(alert), parse.GetValue(source)!, parse.GetValue(set)!, Auto(parse.GetValue(approve)!), parse.GetValue(connectors));
            await using var desk = await Desks.OpenAsync(parse.GetValue(data)!, parse.GetValue(server), parse.GetValue(config), acts: true, cancel, order.Connectors, verbose: parse.GetValue(verbose));
            await using var answers = desk is LocalDesk local ? await AnswersHere.ServeAsync(local.Node, parse.GetValue(urls), logs, cancel) : null;
            var runId = desk is ServerDesk there ? await StartThereAsync(there, order, cancel) : await StartHereAsync((LocalDesk)desk, order, cancel);
            return await Foreground.DriveAsync(desk, runId, parse.GetValue(output) == "json", cancel);
        });
        return command;
    }

    private static async Task<string> StartHereAsync(LocalDesk desk, Order order, CancellationToken cancel)
    {
        var (plan, _) = PlaybookFinder.Load(order.Playbook, desk.Node.ReadOptions);
        var read = order.Alert is { } file ? ReadAlert(file, order.Source) : null;
        var start = StartResolver.Resolve(plan.Root, read?.Json, Inputs(order.Set, plan.Root), DateTimeOffset.UtcNow);
        if (start.Start is null)
        {
            throw new BadInputException(string.Join(Environment.NewLine, start.Problems.Select(problem => $"{problem.File}:{problem.Line}:{problem.Column}: {problem.Reason}")));
        }

        var result = await desk.Node.Starter.StartAsync(read?.Row, [new StartRequest(plan, start.Start, read?.Json, LocalDesk.Me, order.Auto, Dedupe: false)], drive: false, cancel);
        return result.Runs[0].RunId;
    }

    /// <summary>A server that has the folder runs what it has: never another version of the playbook, or other connectors, than was meant here.</summary>
    private static async Task<string> StartThereAsync(ServerDesk desk, Order order, CancellationToken cancel)
    {
        if (order.Connectors is { } wanted && await desk.ModeAsync(cancel) is var mode && mode != wanted)
        {
            throw new BadInputException($"--connectors {wanted}: the server's connectors are {mode}. Leave the option away, or stop the server, or use another folder with --data.");
        }

        var id = PlaybookFinder.IdOf(order.Playbook);
        var plan = PlaybookFinder.IsHere(order.Playbook) ? PlaybookFinder.Load(order.Playbook, await ReadOptionsHere.MakeAsync("mock", null)).Plan : null;
        if (plan is not null && await desk.HashOfAsync(id, cancel) != plan.Root.Hash)
        {
            throw new BadInputException($"{order.Playbook}: the server has another version of '{id}', or none without errors. It reads its own playbooks' folder: see its log, or GET /api/playbooks.");
        }

        // Read here only to say what is wrong with it by its file's name.
        _ = order.Alert is { } file ? ReadAlert(file, order.Source) : null;
        return await desk.StartAsync(new { Playbook = id, Alert = order.Alert is null ? null : Body(order.Alert), order.Source, Inputs = Inputs(order.Set, plan?.Root), Approve = order.Auto }, cancel);
    }

    /// <summary>A file as it is sent: JSON as it is, all else as text.</summary>
    private static JsonElement? Body(string file)
    {
        var text = File.ReadAllText(file);
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }

    internal static AutoAnswer Auto(string word) => word switch { "all" => AutoAnswer.All, "none" => AutoAnswer.None, _ => AutoAnswer.Ask };

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

    internal static Dictionary<string, JsonElement> Inputs(string[] pairs, Playbook? playbook)
    {
        var inputs = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw new BadInputException($"--set {pair}: write name=value.");
            }

            var type = playbook?.Inputs.FirstOrDefault(input => input.Name == pair[..at])?.Type;
            inputs[pair[..at]] = InputText.Read(pair[(at + 1)..], type);
        }

        return inputs;
    }

    private sealed record Order(string Playbook, string? Alert, string Source, string[] Set, AutoAnswer Auto, string? Connectors);

    internal sealed record ReadAlertResult(JsonElement Json, AlertRow Row);
}
