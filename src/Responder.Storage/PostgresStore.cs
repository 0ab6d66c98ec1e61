using Responder.Engine.Approvals;
using Microsoft.Extensions.Logging;
using Npgsql;
using Responder.Engine.Access;
using Responder.Engine.Alerts;
using Responder.Engine.Audit;
using Responder.Engine.Journal;
using Responder.Storage.Audit;
using Responder.Storage.Postgres;

namespace Responder.Storage;

/// <summary>
/// The store of several nodes: one PostgreSQL database (14 or newer). Each node has one writer, which puts the work of many runs into one transaction and one
/// round trip; the database keeps nodes apart by each run's number and epoch. Times are kept to the millisecond.
/// </summary>
public sealed class PostgresStore : IStore
{
    private readonly NpgsqlDataSource _source;
    private readonly PgAuditDesk _desk;
    private readonly Writer _writer;
    private readonly PgNews _news;
    private readonly CancellationTokenSource _closing = new();
    private int _closed;

    private PostgresStore(NpgsqlDataSource source, string name, PostgresStoreOptions options, TimeProvider time, ILogger log)
    {
        var feed = new CommitFeed();
        var chain = new AuditChain(options.AuditKey, AuditChain.NewWriter());
        _desk = new PgAuditDesk(new AuditChain(options.AuditKey, chain.Writer + "/desk"), time);
        var door = new PgDoor(source, _desk, time, _closing.Token);
        _source = source;
        _writer = new Writer(closing => new PgCommit(source, name, chain, options.Hooks, feed, time, log, closing), simulated: false);
        _news = new PgNews(source, feed, log);
        Feed = feed;
        Journal = new PgJournal(_writer, door);
        Definitions = new Definitions(door, time);
        Artifacts = new Artifacts(door, new PgContents(door), time);
        Inbox = new Inbox(door, time);
        KillSwitch = new KillSwitch(door);
        Queries = new PgQueries(door, _writer);
        ApiKeys = new ApiKeys(door, time);
        Users = new Users(door);
        Overview = new Overview(door);
        PlaybookTexts = new PlaybookTexts(door, time);
        Windows = new Windows(door);
        Errands = new Errands(door);
        Delegations = new Delegations(door);
        Settings = new StoredSettings(door);
        Upkeep = new PgUpkeep(source);
        Archive = new RunArchive(door, time, PgSchema.WithArchive);
        Audit = new AuditLog(door, [chain.Writer, _desk.Writer], SealAsync);
    }

    /// <inheritdoc/>
    public IRunJournal Journal { get; }

    /// <inheritdoc/>
    public IDefinitions Definitions { get; }

    /// <inheritdoc/>
    public IArtifacts Artifacts { get; }

    /// <inheritdoc/>
    public IEventInbox Inbox { get; }

    /// <inheritdoc/>
    public IKillSwitch KillSwitch { get; }

    /// <inheritdoc/>
    public IRunQueries Queries { get; }

    /// <inheritdoc/>
    public IApiKeys ApiKeys { get; }

    /// <inheritdoc/>
    public IUsers Users { get; }

    /// <inheritdoc/>
    public IOverview Overview { get; }

    /// <inheritdoc/>
    public IPlaybookTexts PlaybookTexts { get; }

    /// <inheritdoc/>
    public IWindowStore Windows { get; }

    /// <inheritdoc/>
    public IErrands Errands { get; }

    /// <inheritdoc/>
    public IDelegations Delegations { get; }

    /// <inheritdoc/>
    public IStoredSettings Settings { get; }

    /// <inheritdoc/>
    public IAuditLog Audit { get; }

    /// <inheritdoc/>
    public IRunArchive Archive { get; }

    /// <inheritdoc/>
    public IUpkeep Upkeep { get; }

    /// <inheritdoc/>
    public ICommitFeed Feed { get; }

    /// <inheritdoc/>
    public StoreHealth Health => _writer.Health;

    /// <summary>Opens the store and brings its schema up to date. The database itself must be there.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="InvalidDataException">The connection string is none, or the server can't be reached or refuses.</exception>
    /// <exception cref="InvalidOperationException">A newer program needs it for itself, or its schema could not be brought up to date.</exception>
    public static async Task<PostgresStore> OpenAsync(PostgresStoreOptions options, TimeProvider time, ILogger log, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (source, text, name) = Connect(options);
        try
        {
            await PgSchema.UpgradeAsync(source, text, name, log, cancel);
            var store = new PostgresStore(source, name, options, time, log);
            await store._news.Tried;
            return store;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            await source.DisposeAsync();
            throw new InvalidDataException(PgFault.Explain(failure, name), failure);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    private Task<bool> SealAsync()
    {
        var seal = new PgSeal();
        _writer.Post(seal);
        return seal.Done;
    }

    /// <summary>Writes what was handed in, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
        {
            return;
        }

        await _closing.CancelAsync();
        await _writer.DisposeAsync();
        await _news.DisposeAsync();
        await _source.DisposeAsync();
        _desk.Dispose();
        _closing.Dispose();
    }

    private static (NpgsqlDataSource Source, string Text, string Name) Connect(PostgresStoreOptions options)
    {
        NpgsqlConnectionStringBuilder text;
        try
        {
            text = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        }
        catch (ArgumentException)
        {
            // Its message may quote a part of the string, and that may be the password.
            throw new InvalidDataException("The connection string of the store is none that PostgreSQL's driver takes. Write for example: Host=db;Database=responder;Username=responder;Password=…");
        }

        // Prepared once for a connection, and kept. What is sent goes out in one piece: see PgCommit.
        text.MaxAutoPrepare = 64;
        text.AutoPrepareMinUsages = 2;
        text.NoResetOnClose = true;
        text.WriteBufferSize = 256 * 1024;
        text.ApplicationName ??= "responder";
        if (!text.ContainsKey("Maximum Pool Size"))
        {
            text.MaxPoolSize = options.Connections + 2;
        }

        var builder = new NpgsqlDataSourceBuilder(text.ConnectionString);
        builder.UsePhysicalConnectionInitializer(SetUp, async connection => await Task.Run(() => SetUp(connection)));
        return (builder.Build(), text.ConnectionString, $"the database '{text.Database}' on {text.Host}");
    }

    // A commit must be on the disk when it returns, whatever the server's default is.
    private static void SetUp(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT set_config('default_transaction_isolation', 'read committed', false), set_config('lock_timeout', '10s', false),
              CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', false) END
            """,
            connection);
        command.ExecuteNonQuery();
    }
}
