using System.CommandLine;
using System.Globalization;
using Responder.Cli.Settings;
using Responder.Hosting.Retention;
using Responder.Playbooks.Language;
using Responder.Sdk;
using Responder.Storage;

namespace Responder.Cli.Verbs;

/// <summary><c>responder db migrate | size | archive | vacuum</c>: the store's upkeep. An embedded store must be nobody else's meanwhile; PostgreSQL may be at work.</summary>
internal static class DbVerb
{
    public static Command Make() => new("db", "The store: brings its schema up to date, says how large it is, archives what ended, gives room back.")
    {
        Verb(
            "migrate",
            "Brings the schema up to date, as every start does: with the right to change it, before servers are started that have none. Nothing is done where it is already.",
            async (store, cancel) => await store.Upkeep.SizeAsync(cancel),
            size => $"The schema is number {size.Schema}, which is this program's."),
        Verb("size", "Says how large the store is and what takes the room. Of PostgreSQL rows are told as its planner knows them.", async (store, cancel) => await store.Upkeep.SizeAsync(cancel), Tell),
        Archive(),
        Verb(
            "vacuum",
            "Gives room back that nothing uses any more. An embedded store is written anew, which takes as much free room as it is large.",
            async (store, cancel) =>
            {
                var before = (await store.Upkeep.SizeAsync(cancel)).Bytes;
                await store.Upkeep.VacuumAsync(cancel);
                return new Vacuumed(before, (await store.Upkeep.SizeAsync(cancel)).Bytes);
            },
            done => $"{Megabytes(done.Before)} before, {Megabytes(done.After)} now."),
    };

    private static Command Archive()
    {
        var older = new Option<string?>("--older-than") { Description = $"Of runs that ended longer ago than this: {Durations.Form}. By Retention:ArchiveAfter where it is not said." };
        var dry = new Option<bool>("--dry-run") { Description = "Say what it would do, and leave everything as it is." };
        var command = Verb(
            "archive",
            "Archives the journals of runs that ended: compressed, in the same database, read as before. A run that holds containment in force or is being undone stays as it is.",
            async (store, settings, parse, cancel) =>
            {
                var isDry = parse.GetValue(dry);
                var done = await store.Archive.MoveAllAsync(TimeProvider.System.GetUtcNow() - AfterOf(settings, parse.GetValue(older)), !isDry, _ => Task.CompletedTask, cancel);
                return new Archived(done.Runs, done.Events, done.JournalBytes, done.ArchiveBytes, isDry);
            },
            done => $"{done.Runs} runs {(done.DryRun ? "would be" : "were")} archived, with {done.Events} events: {Megabytes(done.Before)} as rows, {Megabytes(done.After)} in the archive."
                + (done is { Runs: > 0, DryRun: false } ? " The room is used again by what is written; `responder db vacuum` gives it back." : string.Empty));
        command.Add(older);
        command.Add(dry);
        return command;
    }

    private static TimeSpan AfterOf(LoadedSettings settings, string? text)
    {
        if (text is not null)
        {
            return Durations.TryParse(text, out var after) ? after : throw new BadInputException($"--older-than is '{text}', and takes {Durations.Form}.");
        }

        try
        {
            return RetentionSettings.Read(settings.Values).ArchiveAfter ?? throw new BadInputException("Retention:ArchiveAfter says that nothing is archived; say --older-than, such as 30d.");
        }
        catch (SettingsException problem)
        {
            throw settings.Explain(problem);
        }
    }

    private static Command Verb<T>(string name, string about, Func<IStore, CancellationToken, Task<T>> work, Func<T, string> tell) =>
        Verb(name, about, (store, _, _, cancel) => work(store, cancel), tell);

    private static Command Verb<T>(string name, string about, Func<IStore, LoadedSettings, ParseResult, CancellationToken, Task<T>> work, Func<T, string> tell)
    {
        var (data, config, output) = (Options.Data(), Options.Config(), Options.Output());
        var kind = Options.Store();
        var command = new Command(name, $"{about}\n\nExample: responder db {name} --data ./data") { data, kind, config, output };
        command.Does(async (parse, cancel) =>
        {
            var settings = LoadedSettings.Read(parse.GetValue(config));
            var choice = StoreChoice.Of(settings, parse.GetValue(kind));
            using var logs = NodeFactory.Logs(verbose: false);
            using var folder = choice.Postgres is null ? await DataFolder.OpenAsync(parse.GetValue(data)!, TimeProvider.System, cancel) : null;
            await using var store = await choice.OpenForUpkeepAsync(folder, logs, cancel);
            var result = await work(store, settings, parse, cancel);
            if (parse.GetValue(output) == "json")
            {
                Verbs.Verb.PrintJson(result);
            }
            else
            {
                await Console.Out.WriteLineAsync(tell(result));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string Tell(StoreSize size) => string.Join(Environment.NewLine, (string[])
    [
        $"{size.Kind}, schema {size.Schema}: {Megabytes(size.Bytes)}{(size.FreeBytes is > 0 and var free ? $", of which vacuum gives {Megabytes(free)} back" : string.Empty)}",
        $"archive: {size.Archive.Runs} runs, {Megabytes(size.Archive.JournalBytes)} as rows before, {Megabytes(size.Archive.Bytes)} now",
        .. size.Tables.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Name,-24} {table.Rows,12} rows {Megabytes(table.Bytes),12}")),
    ]);

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MB");

    private sealed record Archived(int Runs, long Events, long Before, long After, bool DryRun);

    private sealed record Vacuumed(long Before, long After);
}
