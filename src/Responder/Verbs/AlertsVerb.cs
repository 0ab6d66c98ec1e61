using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Responder.Cli.Desk;
using Responder.Engine.Alerts;
using Responder.Engine.Matching;
using Responder.Playbooks.Language;
using Responder.Playbooks.Mappings;
using Responder.Playbooks.Suppressions;
using Responder.Sdk;

namespace Responder.Cli.Verbs;

/// <summary><c>responder alerts send | normalize | explain</c>.</summary>
internal static class AlertsVerb
{
    public static Command Make() => new("alerts", "Sends alerts, and shows what comes of them.") { Send(), Normalize(), Explain() };

    private static Command Send()
    {
        var (file, source) = (FileArgument(), Source(required: true));
        var (data, server, output) = (Options.Data(), Desks.Server(), Options.Output());
        var command = new Command("send", "Posts alerts to a server; answers when they are committed.\n\nExample: responder alerts send alert.json --source sysmon") { file, source, data, server, output };
        command.Does(async (parse, cancel) =>
        {
            using var http = ServerClient.Find(parse.GetValue(data)!, parse.GetValue(server))
                ?? throw new BadInputException($"No server has {parse.GetValue(data)}: start one with `responder serve`, or name one with --server.");
            using var body = new ByteArrayContent(Read(parse.GetValue(file)!)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await PostAsync(http, $"/api/alerts/{Uri.EscapeDataString(parse.GetValue(source)!)}", body, cancel);
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                await Console.Error.WriteLineAsync(await ServerClient.ProblemAsync(response, cancel));
                return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ? ExitCodes.RunFailed : ExitCodes.BadInput;
            }

            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(answer);
                return ExitCodes.Done;
            }

            foreach (var result in answer.GetProperty("results").EnumerateArray())
            {
                Console.Out.WriteLine($"{result.GetProperty("status").GetString(),-10} {result.GetProperty("alert_id").GetString()}");
                foreach (var run in result.GetProperty("runs").EnumerateArray())
                {
                    Console.Out.WriteLine($"           {run.GetProperty("status").GetString(),-9} {run.GetProperty("playbook").GetString()}  run {run.GetProperty("run_id").GetString()}");
                }

                foreach (var error in result.GetProperty("errors").EnumerateArray())
                {
                    Console.Out.WriteLine($"           {RunText.Plain(error.GetProperty("reason").GetString()!)}");
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Normalize()
    {
        var (file, source, sources) = (FileArgument(), Source(), Sources());
        var command = new Command("normalize", "Prints alerts in the normal form, and what is none with the reason. Exit 2 where no alert came out.\n\nExample: responder alerts normalize event.xml --source auto") { file, source, sources };
        command.Does((parse, cancel) =>
        {
            var result = Normalized(parse.GetValue(file)!, parse.GetValue(source)!, parse.GetValue(sources));
            Verb.PrintJson(result.ToJson());
            return Task.FromResult(result.Alerts.Count > 0 ? ExitCodes.Done : ExitCodes.BadInput);
        });
        return command;
    }

    private static Command Explain()
    {
        var (file, source, sources, output) = (FileArgument(), Source(), Sources(), Options.Output());
        var playbooks = new Option<string>("--playbooks") { DefaultValueFactory = _ => "playbooks", Description = "The playbooks' folder." };
        var suppressions = new Option<string>("--suppressions") { DefaultValueFactory = _ => "suppressions.yaml", Description = "The file of suppression rules; it need not be there." };
        var command = new Command("explain", "Says which playbooks an alert starts, and why not the others. Nothing is started.\n\nExample: responder alerts explain alert.json --source crowdstrike")
        {
            file, source, sources, playbooks, suppressions, output,
        };
        command.Does((parse, cancel) =>
        {
            var read = Normalized(parse.GetValue(file)!, parse.GetValue(source)!, parse.GetValue(sources));
            if (read.Alerts.Count == 0)
            {
                throw new BadInputException(string.Join(Environment.NewLine, read.Refused.Select(one => $"[{one.Index}] {one.Reason}").Prepend($"{parse.GetValue(file)}: holds no alert.")));
            }

            var folder = parse.GetValue(playbooks)!;
            var library = PlaybookLibrary.Load(Directory.Exists(folder) ? folder : throw new BadInputException($"{folder}: there is no such folder; name the playbooks' folder with --playbooks."), ReadOptions.Neutral);
            foreach (var problem in library.Problems.Where(problem => problem.Level == ProblemLevel.Error))
            {
                Console.Error.WriteLine(problem);
            }

            var rules = Rules(parse.GetValue(suppressions)!);
            var now = DateTimeOffset.UtcNow;
            var explained = read.Alerts.Select(alert => Explained.Of(alert, library, rules, now)).ToList();
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(new { alerts = explained, refused = read.Refused });
                return Task.FromResult(ExitCodes.Done);
            }

            explained.ForEach(one => one.Write());
            foreach (var refused in read.Refused)
            {
                Console.Out.WriteLine($"[{refused.Index}] is no alert: {RunText.Plain(refused.Reason)}");
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static IReadOnlyList<SuppressionRule> Rules(string file)
    {
        var set = File.Exists(file) ? SuppressionFile.Read(File.ReadAllText(file), file) : SuppressionSet.Empty;
        foreach (var problem in set.Problems)
        {
            Console.Error.WriteLine(problem);
        }

        return set.Rules;
    }

    private static NormalizeResult Normalized(string file, string source, string? sources)
    {
        var normalizer = new AlertNormalizer(sources is null ? BuiltInMappings.Read() : BuiltInMappings.With(MappingFiles(sources)));
        return normalizer.Knows(source)
            ? normalizer.Normalize(source, Read(file), DateTimeOffset.UtcNow)
            : throw new BadInputException($"--source {source}: there is no such source; there are {string.Join(", ", normalizer.Sources)}.");
    }

    private static IEnumerable<(string, string)> MappingFiles(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file)))
        : throw new BadInputException($"--sources {folder}: there is no such folder.");

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, HttpContent body, CancellationToken cancel)
    {
        try
        {
            return await http.PostAsync(new Uri(path, UriKind.Relative), body, cancel);
        }
        catch (HttpRequestException failure)
        {
            throw new BadInputException($"{http.BaseAddress} can't be reached: {failure.Message}");
        }
    }

    private static byte[] Read(string file)
    {
        if (file == "-")
        {
            using var memory = new MemoryStream();
            using var input = Console.OpenStandardInput();
            input.CopyTo(memory);
            return memory.ToArray();
        }

        return File.Exists(file) ? File.ReadAllBytes(file) : throw new BadInputException($"{file}: there is no such file.");
    }

    private static Argument<string> FileArgument() => new("file") { Description = "A file in the source's own form; - reads standard input." };

    private static Option<string> Source(bool required = false) => required
        ? new Option<string>("--source") { Description = "The alerts' source.", Required = true }
        : new Option<string>("--source") { Description = "The alerts' source; auto finds it by shape.", DefaultValueFactory = _ => AlertNormalizer.Auto };

    private static Option<string?> Sources() => new("--sources") { Description = "A folder of mapping files besides the built-in ones." };
}

/// <summary>What comes of one alert.</summary>
internal sealed record Explained(string? Title, string Source, string? SourceId, bool IsEvent, IReadOnlyList<string> Notes, IReadOnlyList<MatchVerdict> Playbooks, IReadOnlyList<Suppressed> Suppressed)
{
    public static Explained Of(Alert alert, PlaybookLibrary library, IReadOnlyList<SuppressionRule> rules, DateTimeOffset now)
    {
        var match = Suppressor.Apply(new Matcher(library.Playbooks.Values).Match(alert, now), alert.ToJson(), rules, now);
        return new Explained(alert.Title, alert.Source, alert.SourceId, alert.IsEvent, alert.Notes, MatchVerdict.Of(library.Playbooks.Values, alert, now), match.Explanation.Suppressed);
    }

    public void Write()
    {
        Console.Out.WriteLine($"{RunText.Plain(Title ?? "alert")}  ({Source}{(IsEvent ? ", an event that no rule judged bad" : string.Empty)})");
        foreach (var verdict in Playbooks.OrderBy(one => Array.IndexOf(["true", "refused", "failed", "false"], one.Verdict)))
        {
            var suppressed = Suppressed.FirstOrDefault(one => one.Playbooks.Contains(verdict.Playbook));
            Console.Out.WriteLine($"  {(suppressed is null ? verdict.Verdict : "suppressed"),-10} {verdict.Playbook,-28} {RunText.Plain(
                suppressed is not null ? $"by {suppressed.Rule} of {suppressed.Owner} until {suppressed.Expires:yyyy-MM-dd HH:mm}Z: {suppressed.Reason}"
                : verdict.Reason is { } reason ? $"{reason}  ({verdict.File}:{verdict.Line})"
                : JsonSerializer.Serialize(verdict.Inputs, Json.Options))}");
        }

        foreach (var note in Notes)
        {
            Console.Out.WriteLine($"  note: {RunText.Plain(note)}");
        }
    }
}
