using Responder.Engine.Approvals;
using Microsoft.Extensions.Logging;
using Responder.Engine.Access;
using Responder.Engine.Alerts;
using Responder.Engine.Audit;
using Responder.Engine.Journal;
using Responder.Storage.Audit;
using Responder.Storage.Sqlite;

namespace Responder.Storage;

/// <summary>
/// The store of one machine: SQLite in the data folder, write-ahead log, <c>synchronous=FULL</c>, one writer that puts the work of many runs into one
/// transaction. Times are kept to the millisecond.
/// </summary>
public sealed class SqliteStore : IStore
{
    private readonly Writer _writer;
    private readonly Readers _readers;
    private readonly ArtifactFile _contents;
    private int _closed;

    private SqliteStore(Writer writer, Readers readers, ArtifactFile contents, CommitFeed feed, AuditChain chain, IUpkeep upkeep, TimeProvider time)
    {
        (_writer, _readers, _contents, Feed, Upkeep) = (writer, readers, contents, feed, upkeep);
        var door = new SqliteDoor(writer, readers);
        Journal = new SqliteJournal(writer, readers);
        Definitions = new Definitions(door, time);
        Artifacts = new Artifacts(door, contents, time);
        Inbox = new Inbox(door, time);
        KillSwitch = new KillSwitch(door);
        Queries = new SqliteQueries(door, writer, readers);
        ApiKeys = new ApiKeys(door, time);
        Users = new Users(door);
        Overview = new Overview(door);
        PlaybookTexts = new PlaybookTexts(door, time);
        Windows = new Windows(door);
        Errands = new Errands(door);
        Delegations = new Delegations(door);
        Settings = new StoredSettings(door);
        Archive = new RunArchive(door, time, schema: null);

        // By way of the writer: what was handed in before is in the heads, also where nobody waits for it any more.
        Audit = new AuditLog(door, [chain.Writer], () => door.WriteAsync(null, _ => Task.FromResult(0), CancellationToken.None));
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

    /// <summary>Opens the store, makes it where it isn't there, brings its schema up to date. The folder stays the caller's to give back.</summary>
    /// <param name="folder">The data folder, held by this process.</param>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="InvalidOperationException">A newer program wrote it, or its schema could not be brought up to date.</exception>
    public static async Task<SqliteStore> OpenAsync(
        DataFolder folder, SqliteStoreOptions options, TimeProvider time, ILogger log, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        var path = folder.File(options.FileName);
        var chain = new AuditChain(options.AuditKey ?? (options.Simulated ? AuditKey.New() : await AuditKey.OpenAsync(folder, cancel)), AuditChain.NewWriter());
        var db = await (options.Simulated ? Task.FromResult(OpenFile(path, durable: false, log)) : Task.Run(() => OpenFile(path, durable: true, log), cancel));
        var feed = new CommitFeed();
        return new SqliteStore(
            new Writer(closing => new SqliteCommit(db, path, chain, options.Hooks, feed, options.FailFast, time, log, closing), options.Simulated),
            new Readers(path, options.Readers),
            new ArtifactFile(folder.File(ArtifactFile.FileName), options.Simulated),
            feed,
            chain,
            new SqliteUpkeep(path, folder.File(ArtifactFile.FileName)),
            time);
    }

    /// <summary>Writes what was handed in, waits for those who read, closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
        {
            return;
        }

        await _readers.CloseAsync();
        await _writer.DisposeAsync();
        _readers.Dispose();
        _contents.Dispose();
    }

    private static Db OpenFile(string path, bool durable, ILogger log)
    {
        SecretFile.Ensure(path);
        var db = Db.OpenWriter(path, durable);
        try
        {
            Schema.Upgrade(db, path, log);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }
}
