using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Responder.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class Db : IDisposable
{
    private static readonly Sql BeginSql = new("BEGIN IMMEDIATE");
    private static readonly Sql BeginReadSql = new("BEGIN");
    private static readonly Sql CommitSql = new("COMMIT");
    private static readonly Sql RollbackSql = new("ROLLBACK");

    private Statement?[] _statements = new Statement?[128];

    // SQLite counts its memory under one lock of the whole process, at every piece that it takes; nobody here reads the count.
    static Db()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private Db(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    public sqlite3 Handle => Connection.Handle!;

    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>
    /// Opens the one connection that writes. FULL: a commit is on disk when it returns. Checkpoints are the writer's own, because the automatic ones
    /// swallow the errors of their fsync.
    /// </summary>
    public static Db OpenWriter(string path, bool durable = true) =>
        Open(path, $"PRAGMA journal_mode=WAL; PRAGMA synchronous={(durable ? "FULL" : "OFF")}; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864; PRAGMA busy_timeout=1000;");

    /// <summary>Opens one that reads. A reader sees what was committed when it began and never holds up the writer.</summary>
    public static Db OpenReader(string path) => Open(path, "PRAGMA query_only=1; PRAGMA busy_timeout=5000;");

    public Statement Use(Sql sql)
    {
        if (sql.Number >= _statements.Length)
        {
            Array.Resize(ref _statements, sql.Number * 2);
        }

        return _statements[sql.Number] ??= Prepare(sql.Text);
    }

    public int Run(Sql sql)
    {
        using var statement = Use(sql);
        return statement.Run();
    }

    public void Begin() => Run(BeginSql);

    /// <summary>Begins to read from one state of the database, whatever is committed meanwhile.</summary>
    public void BeginRead() => Run(BeginReadSql);

    public void Commit() => Run(CommitSql);

    public void Rollback()
    {
        if (InTransaction)
        {
            Run(RollbackSql);
        }
    }

    /// <summary>Statements that are run once.</summary>
    public void Script(string sql)
    {
        using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // Only texts of this project come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public SqliteException Failure(int code) =>
        new(raw.sqlite3_errmsg(Handle).utf8_to_string(), code & 0xFF, raw.sqlite3_extended_errcode(Handle) is var extended && (extended & 0xFF) == (code & 0xFF) ? extended : code);

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement?.Close();
        }

        Connection.Dispose();
    }

    private static Db Open(string path, string pragmas)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString();
        var db = new Db(new SqliteConnection(text));
        try
        {
            db.Connection.Open();
            db.Script(pragmas);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    private Statement Prepare(string text)
    {
        var code = raw.sqlite3_prepare_v3(Handle, text, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        return code == raw.SQLITE_OK ? new Statement(this, handle) : throw Failure(code);
    }
}
