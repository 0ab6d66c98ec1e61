using SQLitePCL;

namespace Responder.Storage.Sqlite;

/// <summary>Moves the write-ahead log into the database: at rest when it is worth it, under load when it must be.</summary>
internal sealed class Checkpoints(Db db)
{
    private const int WorthIt = 1_000;  // pages: 4 MB
    private const int Must = 4_000;

    private int _pages;

    public void AfterCommit()
    {
        _pages += Written();
        RunWhere(_pages >= Must);
    }

    public void AtRest() => RunWhere(_pages >= WorthIt);

    private void RunWhere(bool due)
    {
        if (!due)
        {
            return;
        }

        _pages = 0;
        var code = raw.sqlite3_wal_checkpoint_v2(db.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
        {
            throw db.Failure(code);
        }
    }

    // Pages that this connection wrote to the log since it was last asked.
    private int Written()
    {
        raw.sqlite3_db_status(db.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }
}
