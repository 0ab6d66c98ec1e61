using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Responder.Storage.Sqlite;

/// <summary>Whose fault a failure of SQLite is.</summary>
internal static class SqliteFault
{
    private const int FsyncFailed = raw.SQLITE_IOERR | (4 << 8);
    private const int FolderFsyncFailed = raw.SQLITE_IOERR | (5 << 8);

    /// <summary>True where nobody can know what is on disk: the kernel may have dropped the pages that it could not write and forgets that it did.</summary>
    public static bool IsFsync(Exception failure) => failure is SqliteException { SqliteExtendedErrorCode: FsyncFailed or FolderFsyncFailed };

    /// <summary>True where what was to be written can't be stored, today or ever. All else is the disk's or the database's and may pass.</summary>
    public static bool IsData(Exception failure) => failure is not (SqliteException or OutOfMemoryException)
        || failure is SqliteException { SqliteErrorCode: var code } && code
        is raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE or raw.SQLITE_MISUSE;

    /// <summary>What happened and what to do next, for people.</summary>
    public static string Explain(Exception failure, string file) => failure is not SqliteException sqlite ? failure.Message : sqlite.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => $"The disk under '{file}' is full. Free some space; nothing that was accepted is lost, and writing goes on by itself.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"Another program has locked '{file}'. End it; writing goes on by itself.",
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM =>
            $"'{file}' can't be written ({sqlite.Message}). Check the folder's rights and its file system; writing goes on by itself.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => $"'{file}' is damaged ({sqlite.Message}). Stop Responder and restore it from a backup.",
        _ => $"'{file}' can't be written: {sqlite.Message} (SQLite {sqlite.SqliteExtendedErrorCode}). Check the disk.",
    };
}
