using Responder.Cli.Settings;
using Responder.Hosting.Audit;
using Responder.Sdk;
using Responder.Storage;
using Responder.Storage.Audit;

namespace Responder.Cli;

/// <summary>Which store: SQLite in the data folder, or PostgreSQL, which several nodes share.</summary>
/// <param name="Postgres">The connection string; null for SQLite.</param>
/// <param name="Key">The audit's key by the settings; null for the data folder's own.</param>
internal sealed record StoreChoice(string? Postgres, AuditKey? Key)
{
    public static StoreChoice Sqlite { get; } = new(null, null);

    /// <summary>Reads it: <c>--store</c>, else <c>Store:Kind</c>; <c>Store:Postgres</c> has the connection string.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="kind">Of <c>--store</c>; null where it is not said.</param>
    /// <exception cref="BadInputException">A setting is missing or wrong.</exception>
    public static StoreChoice Of(LoadedSettings settings, string? kind) => (kind ?? settings.Values["Store:Kind"]) switch
    {
        null or "" or "sqlite" => new StoreChoice(null, KeyOf(settings)),
        "postgres" => settings.Values["Store:Postgres"] is { Length: > 0 } text
            ? new StoreChoice(text, KeyOf(settings))
            : throw settings.Explain(new SettingsException("Store:Postgres", "is missing. It takes the connection string, like Host=db;Database=responder;Username=responder;Password=…;SSL Mode=VerifyFull.")),
        var other => throw settings.Explain(new SettingsException("Store:Kind", $"is '{other}'; it takes sqlite or postgres.")),
    };

    /// <summary>Opens it.</summary>
    /// <exception cref="InvalidDataException">The server can't be reached or refuses.</exception>
    public async Task<IStore> OpenAsync(DataFolder folder, ILoggerFactory logs, CancellationToken cancel)
    {
        var log = logs.CreateLogger("Responder.Store");
        return Postgres is { } text
            ? await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = text, AuditKey = await KeyAsync(folder, cancel) }, TimeProvider.System, log, cancel)
            : await SqliteStore.OpenAsync(folder, new SqliteStoreOptions { AuditKey = await KeyAsync(folder, cancel) }, TimeProvider.System, log, cancel);
    }

    /// <summary>Opens the data folder and the store that is configured, for a verb that needs nothing else of a node; closes both.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="config">Of <c>--config</c>.</param>
    /// <param name="work">What to do with them, and with the settings.</param>
    /// <param name="cancel">Ends waiting.</param>
    public static async Task<T> UseAsync<T>(string data, string? config, Func<IStore, DataFolder, LoadedSettings, Task<T>> work, CancellationToken cancel)
    {
        using var logs = NodeFactory.Logs(verbose: false);
        using var folder = await DataFolder.OpenAsync(data, TimeProvider.System, cancel);
        var settings = LoadedSettings.Read(config);
        await using var store = await Of(settings, null).OpenAsync(folder, logs, cancel);
        return await work(store, folder, settings);
    }

    /// <summary>The key of the audit's chain.</summary>
    public async Task<AuditKey> KeyAsync(DataFolder folder, CancellationToken cancel) => Key ?? await AuditKey.OpenAsync(folder, cancel);

    private static AuditKey? KeyOf(LoadedSettings settings)
    {
        try
        {
            return AuditSettings.KeyOf(settings.Values) is { } text ? AuditKey.Of(text.Reveal()) : null;
        }
        catch (SettingsException problem)
        {
            throw settings.Explain(problem);
        }
    }

    /// <summary>Opens it to look after it: nothing is written that the audit covers, so that PostgreSQL takes no data folder, which a node may have.</summary>
    /// <param name="folder">The data folder; null for PostgreSQL.</param>
    /// <param name="logs">For its messages.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="InvalidDataException">The server can't be reached or refuses.</exception>
    public async Task<IStore> OpenForUpkeepAsync(DataFolder? folder, ILoggerFactory logs, CancellationToken cancel) => Postgres is { } text
        ? await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = text, AuditKey = AuditKey.New() }, TimeProvider.System, logs.CreateLogger("Responder.Store"), cancel)
        : await OpenAsync(folder!, logs, cancel);
}
