namespace Responder.Storage.Sqlite;

/// <summary>Work of the writer, as SQLite's transaction does it.</summary>
internal interface ISqliteWork
{
    /// <summary>Does the work in the open transaction, all or nothing: where it throws, what it wrote is taken back.</summary>
    void Apply(Db db, DateTimeOffset now);

    /// <summary>After a commit of unknown fate: whether the work is in the database. Null where it can't tell and doing it again is harmless.</summary>
    bool? IsIn(Db db) => null;
}

/// <summary>Small work that is its own description; doing it twice is harmless.</summary>
internal sealed class SmallOp<T>(Func<Db, DateTimeOffset, T> work) : WriteOp<T>, ISqliteWork
{
    public void Apply(Db db, DateTimeOffset now) => Result = work(db, now);
}
