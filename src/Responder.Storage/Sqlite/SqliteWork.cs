using Responder.Engine.Audit;
using Responder.Storage.Audit;

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
/// <param name="work">The work.</param>
/// <param name="audit">What is to be in the audit, by its result; null where nothing is.</param>
internal sealed class SmallOp<T>(Func<Db, DateTimeOffset, T> work, Func<T, AuditEntry?>? audit = null) : WriteOp<T>, ISqliteWork
{
    private IReadOnlyList<AuditItem> _audited = [];

    public override IReadOnlyList<AuditItem> Audited => _audited;

    // The audit's line is made with the work: where it can't be made, this alone is refused, and not the group it is in.
    public void Apply(Db db, DateTimeOffset now)
    {
        Result = work(db, now);
        _audited = audit?.Invoke(Result) is { } entry ? [AuditItem.Of(entry)] : [];
    }
}
