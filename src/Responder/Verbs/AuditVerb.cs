using System.CommandLine;
using System.Globalization;
using Responder.Cli.Desk;
using Responder.Cli.Settings;
using Responder.Engine.Audit;
using Responder.Engine.Journal;
using Responder.Hosting.Audit;
using Responder.Sdk;
using Responder.Storage.Audit;

namespace Responder.Cli.Verbs;

/// <summary><c>responder audit list | export | verify</c>.</summary>
internal static class AuditVerb
{
    private const int PageSize = 500;

    public static Command Make() => new("audit", "Who did what: lists it, exports it, and checks that nothing of it was changed.") { List(), Export(), Verify() };

    private static Command List()
    {
        var (kind, by, run, since, until, limit) = (Kind(), By(), Run(), Since(), Until(), new Option<int>("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 50 });
        var (data, server, config, output) = (Options.Data(), Desks.Server(), Options.Config(), Options.Output());
        var command = new Command("list", "Lists the audit, newest first.\n\nExample: responder audit list --kind kill_switch --since 2026-03-01T00:00:00Z")
        {
            kind, by, run, since, until, limit, data, server, config, output,
        };
        command.Does((parse, cancel) => RunsVerb.WithDesk(parse, data, server, async desk =>
        {
            var most = parse.GetValue(limit) is > 0 and var asked ? asked : throw new BadInputException($"--limit is {parse.GetValue(limit)}; it takes 1 or more.");
            var rows = new List<AuditRecord>();
            await foreach (var row in ReadAsync(desk, Filter(parse, kind, by, run, since, until) with { Limit = Math.Min(most, PageSize) }, cancel))
            {
                rows.Add(row);
                if (rows.Count == most)
                {
                    break;
                }
            }

            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(new { Items = rows });
                return ExitCodes.Done;
            }

            foreach (var (_, at, _, _, entry) in rows)
            {
                Console.Out.WriteLine($"{Json.Time(at)}  {entry.Kind,-11} {RunText.Plain(entry.By)}  {RunText.Plain(entry.Action)} {RunText.Plain(entry.Target)}{(entry.Result is { } result ? $": {RunText.Plain(result)}" : string.Empty)}");
                if (entry.RunId is not null || entry.Reason is not null)
                {
                    Console.Out.WriteLine($"    {(entry.RunId is { } id ? $"run {id} {entry.Path} " : string.Empty)}{RunText.Plain(entry.Reason ?? string.Empty)}".TrimEnd());
                }
            }

            return ExitCodes.Done;
        }, cancel, config));
        return command;
    }

    private static Command Export()
    {
        var to = new Option<string>("--to") { Description = "file:PATH, syslog://HOST:514, syslog+tcp://HOST:601, syslog+tls://HOST:6514 or https://…; standard output where it is not said.", };
        var format = new Option<string>("--format") { Description = "ocsf (API Activity, Detection Finding and Remediation Activity) or json (as listed).", DefaultValueFactory = _ => "ocsf" };
        format.AcceptOnlyFromAmong("ocsf", "json");
        var (kind, by, run, since, until) = (Kind(), By(), Run(), Since(), Until());
        var (data, server, config) = (Options.Data(), Desks.Server(), Options.Config());
        var command = new Command(
            "export", "Exports the audit, a JSON document a line, newest first. A token for a web address is in RESPONDER_AUDIT_TOKEN.\n\nExample: responder audit export --since 2026-03-01T00:00:00Z --to syslog+tls://siem.company.com:6514")
        {
            to, format, kind, by, run, since, until, data, server, config,
        };
        command.Does(async (parse, cancel) =>
        {
            var token = Environment.GetEnvironmentVariable("RESPONDER_AUDIT_TOKEN") is { Length: > 0 } text ? new Secret(text) : null;
            await using var sink = parse.GetValue(to) is { } target ? AuditTarget.Open(target, "--to", token, TimeProvider.System) : null;
            return await RunsVerb.WithDesk(parse, data, server, async desk =>
            {
                var sent = 0L;
                var lines = new List<string>();
                await foreach (var row in ReadAsync(desk, Filter(parse, kind, by, run, since, until) with { Limit = PageSize }, cancel))
                {
                    lines.Add(parse.GetValue(format) == "ocsf" ? Ocsf.Event(row) : System.Text.Json.JsonSerializer.Serialize(row, Json.Options));
                    if (lines.Count == PageSize)
                    {
                        await SendAsync();
                    }
                }

                await SendAsync();
                await Console.Error.WriteLineAsync($"{sent} lines of the audit were exported.");
                return ExitCodes.Done;

                async Task SendAsync()
                {
                    try
                    {
                        await (lines.Count == 0 ? Task.CompletedTask : sink?.SendAsync(lines, cancel) ?? Console.Out.WriteLineAsync(string.Join('\n', lines)));
                    }
                    catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                    {
                        throw new BadInputException($"--to {parse.GetValue(to)}: {failure.Message} {sent} lines were exported before.");
                    }

                    sent += lines.Count;
                    lines.Clear();
                }
            }, cancel, config);
        });
        return command;
    }

    private static Command Verify()
    {
        var anchor = new Option<string[]>("--anchor") { Description = "A file with the heads that were kept apart, or a syslog server's file that has them; the file of Audit:Anchor where it is not said.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var key = new Option<string[]>("--key") { Description = "A file with a key of the audit: another node's, or an older one.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var (data, config, output) = (Options.Data(), Options.Config(), Options.Output());
        var command = new Command(
            "verify", "Checks the audit end to end, by the database itself, beside a server that is at work as well. Exit 1 where anything was changed, removed, inserted, moved or cut off.\n\nExample: responder audit verify --anchor /mnt/soc/anchor.jsonl")
        {
            anchor, key, data, config, output,
        };
        command.Does(async (parse, cancel) =>
        {
            var loaded = LoadedSettings.Read(parse.GetValue(config));
            var folder = Path.GetFullPath(parse.GetValue(data)!);
            var settings = AuditSettings.Read(loaded.Values, folder);
            var anchors = ReadAnchors(parse.GetValue(anchor)!, AuditSettings.AnchorFile(settings.Anchor));
            var keys = await KeysAsync(settings, folder, parse.GetValue(key)!, cancel);
            var verdict = StoreChoice.Of(loaded, null).Postgres is { } database
                ? await AuditVerifier.OfPostgresAsync(database, keys, anchors, cancel)
                : await AuditVerifier.OfFileAsync(Path.Combine(folder, "responder.db"), keys, anchors, cancel);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(verdict);
            }
            else
            {
                Print(verdict);
            }

            return verdict.Ok ? ExitCodes.Done : ExitCodes.RunFailed;
        });
        return command;
    }

    private static List<AuditHead> ReadAnchors(string[] named, string? set)
    {
        var heads = new List<AuditHead>();
        foreach (var file in named.Length > 0 ? named : set is not null && File.Exists(set) ? [set] : [])
        {
            try
            {
                heads.AddRange(Anchors.Read(File.ReadLines(Existing(file))));
            }
            catch (InvalidDataException failure)
            {
                throw new BadInputException($"{file}, {failure.Message}");
            }
        }

        return heads;
    }

    private static async Task<IReadOnlyList<AuditKey>> KeysAsync(AuditSettings settings, string folder, string[] files, CancellationToken cancel)
    {
        var keys = new List<AuditKey>();
        if (settings.Key is { } text)
        {
            keys.Add(AuditKey.Of(text.Reveal()));
        }

        foreach (var file in (string[])[.. files.Select(Existing), .. File.Exists(Path.Combine(folder, AuditKey.FileName)) ? new[] { Path.Combine(folder, AuditKey.FileName) } : []])
        {
            keys.Add(await AuditKey.ReadAsync(file, cancel));
        }

        return keys.Count > 0 ? keys : throw new BadInputException($"There is no key to check with: it is the setting Audit:Key, or the file {AuditKey.FileName} of the data folder ({folder}); --key names a file elsewhere.");
    }

    private static void Print(AuditVerdict verdict)
    {
        foreach (var problem in verdict.Problems)
        {
            Console.Out.WriteLine($"WRONG  {problem.Kind,-11} {RunText.Plain(problem.Where)}: {RunText.Plain(problem.Message)}");
        }

        foreach (var note in verdict.Notes)
        {
            Console.Out.WriteLine($"note   {RunText.Plain(note)}");
        }

        Console.Out.WriteLine(verdict.Ok
            ? $"ok     {verdict.Links} links in {verdict.Chains} chains are as they were written, with {verdict.Events} events of runs."
            : $"{verdict.Problems.Count} things are not as they were written; {verdict.Links} links in {verdict.Chains} chains, {verdict.Events} events of runs are.");
    }

    private static async IAsyncEnumerable<AuditRecord> ReadAsync(IDesk desk, AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (Page<AuditRecord>? page = null; page is null || page.Next is not null;)
        {
            page = await desk.AuditAsync(filter with { Cursor = page?.Next }, cancel);
            foreach (var row in page.Items)
            {
                yield return row;
            }
        }
    }

    private static AuditFilter Filter(ParseResult parse, Option<string?> kind, Option<string?> by, Option<string?> run, Option<DateTimeOffset?> since, Option<DateTimeOffset?> until) =>
        new(parse.GetValue(kind), parse.GetValue(by), parse.GetValue(run), parse.GetValue(since), parse.GetValue(until));

    private static Option<string?> Kind()
    {
        var option = new Option<string?>("--kind") { Description = $"Of this kind: {string.Join(", ", AuditKinds.All)}." };
        option.AcceptOnlyFromAmong([.. AuditKinds.All]);
        return option;
    }

    private static Option<string?> By() => new("--by") { Description = "Of this person or machine, as it is listed: user:mlee." };

    private static Option<string?> Run() => new("--run") { Description = "Of this run." };

    private static Option<DateTimeOffset?> Since() => Time("--since", "Not older than this: 2026-03-01T00:00:00Z.");

    private static Option<DateTimeOffset?> Until() => Time("--until", "Older than this.");

    private static Option<DateTimeOffset?> Time(string name, string about) => new(name)
    {
        Description = about,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            result.AddError($"{name} {result.Tokens[0].Value}: write a time like 2026-03-01T00:00:00Z.");
            return null;
        },
    };

    private static string Existing(string path) => File.Exists(path) ? path : throw new BadInputException($"{path}: there is no such file.");
}
