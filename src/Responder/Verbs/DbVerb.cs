using System.CommandLine;
using System.Globalization;
using Responder.Cli.Settings;
using Responder.Storage;

namespace Responder.Cli.Verbs;

/// <summary><c>responder db migrate | size | vacuum</c>: the store's upkeep. An embedded store must be nobody else's meanwhile; PostgreSQL may be at work.</summary>
internal static class DbVerb
{
    public static Command Make() => new("db", "The store: brings its schema up to date, says how large it is, gives room back.")
    {
        Verb(
            "migrate",
            "Brings the schema up to date, as every start does: with the right to change it, before servers are started that have none. Nothing is done where it is already.",
            async (store, cancel) => await store.Upkeep.SizeAsync(cancel),
            size => $"The schema is number {size.Schema}, which is this program's."),
        Verb("size", "Says how large the store is and what takes the room. Of PostgreSQL rows are told as its planner knows them.", async (store, cancel) => await store.Upkeep.SizeAsync(cancel), Tell),
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

    private static Command Verb<T>(string name, string about, Func<IStore, CancellationToken, Task<T>> work, Func<T, string> tell)
    {
        var (data, config, output) = (Options.Data(), Options.Config(), Options.Output());
        var kind = Options.Store();
        var command = new Command(name, $"{about}\n\nExample: responder db {name} --data ./data") { data, kind, config, output };
        command.Does(async (parse, cancel) =>
        {
            var choice = StoreChoice.Of(LoadedSettings.Read(parse.GetValue(config)), parse.GetValue(kind));
            using var logs = NodeFactory.Logs(verbose: false);
            using var folder = choice.Postgres is null ? await DataFolder.OpenAsync(parse.GetValue(data)!, TimeProvider.System, cancel) : null;
            await using var store = await choice.OpenForUpkeepAsync(folder, logs, cancel);
            var result = await work(store, cancel);
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
        .. size.Tables.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Name,-24} {table.Rows,12} rows {Megabytes(table.Bytes),12}")),
    ]);

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MB");

    private sealed record Vacuumed(long Before, long After);
}
