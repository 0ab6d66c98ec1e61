using Microsoft.Extensions.Logging;
using Responder.Storage.Audit;

namespace Responder.Storage.Sqlite;

/// <summary>A group in one transaction of SQLite; where one of it can't be stored, each behind a savepoint.</summary>
internal sealed partial class SqliteCommit(
    Db db, string path, AuditChain chain, WriterHooks hooks, CommitFeed feed, Action<string> failFast, TimeProvider time, ILogger log, CancellationToken closing)
    : GroupCommit(path, feed, failFast, time, log, closing)
{
    private static readonly Sql Savepoint = new("SAVEPOINT one");
    private static readonly Sql Release = new("RELEASE one");
    private static readonly Sql BackToSavepoint = new("ROLLBACK TO one");

    private static readonly Sql InsertLink = new("INSERT INTO audit_links (writer, n, at, notable, key_id, prev, mac, items) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    private static readonly Sql HasLink = new("SELECT 1 FROM audit_links WHERE writer = ?1 AND n = ?2");

    private readonly Checkpoints _checkpoints = new(db);

    // Of the last try, where nobody knows yet whether it is committed.
    private AuditLink? _link;
    private bool _unknown;
    private bool _applied;

    public override void Rest() => Checkpoint(() => _checkpoints.AtRest());

    public override void Close() => db.Dispose();

    protected override void Begin() => _unknown = false;

    protected override void AfterCommit() => Checkpoint(() => _checkpoints.AfterCommit());

    protected override void Commit(List<WriteOp> group, bool eachAlone)
    {
        _applied = false;
        hooks.Beginning?.Invoke(db);
        var isLinkIn = _link is { } tried && IsIn(tried);
        if (isLinkIn)
        {
            Advance();
        }

        if (_unknown && (isLinkIn || (_link is null && IsIn(group))))
        {
            return;
        }

        _unknown = false;
        _link = null;
        db.Begin();
        Apply(group, eachAlone);
        _link = Link(group);
        _applied = true;
        hooks.Committing?.Invoke(db);
        db.Commit();
        hooks.Committed?.Invoke(db);
        Advance();
    }

    protected override Fault Judge(Exception failure)
    {
        // Where the transaction is still open it was not committed. Where COMMIT failed and it is not, nobody knows.
        _unknown |= _applied && !db.InTransaction;
        if (SqliteFault.IsFsync(failure))
        {
            return new Fault(FaultKind.Fatal, WhyDead(failure));
        }

        TakeBack();
        return new Fault(!_applied && SqliteFault.IsData(failure) ? FaultKind.Data : FaultKind.Passing, SqliteFault.Explain(failure, Name));
    }

    // One transaction: the link is there exactly where its work is.
    private AuditLink? Link(List<WriteOp> group)
    {
        var items = group.Where(op => !IsRefused(op)).SelectMany(op => op.Audited.Where(op.IsKept)).ToList();
        if (items.Count == 0)
        {
            return null;
        }

        var link = chain.Next(items, known: true, null, Time.GetUtcNow());
        using var insert = db.Use(InsertLink).With(link.Writer).With(link.N).With(link.At).With(link.Notable).With(link.KeyId).With(link.Prev).With(link.Mac).With(link.Items);
        insert.Run();
        return link;
    }

    private bool IsIn(AuditLink link)
    {
        using var query = db.Use(HasLink).With(link.Writer).With(link.N);
        return query.Step();
    }

    private void Advance()
    {
        if (_link is { } link)
        {
            chain.Advance(link);
            _link = null;
        }
    }

    private void Apply(List<WriteOp> group, bool eachAlone)
    {
        var now = Time.GetUtcNow();
        ForgetRefused();
        foreach (var op in group)
        {
            if (eachAlone)
            {
                ApplyAlone(op, now);
            }
            else
            {
                ((ISqliteWork)op).Apply(db, now);
            }
        }
    }

    private void ApplyAlone(WriteOp op, DateTimeOffset now)
    {
        db.Run(Savepoint);
        try
        {
            ((ISqliteWork)op).Apply(db, now);
        }
        catch (Exception failure) when (SqliteFault.IsData(failure) && db.InTransaction)
        {
            db.Run(BackToSavepoint);
            Refused(op, failure);
        }

        db.Run(Release);
    }

    // One transaction: what holds for one of the group holds for all. Where none can tell, doing all again is harmless.
    private bool IsIn(List<WriteOp> group)
    {
        foreach (var op in group)
        {
            if (!IsRefused(op) && ((ISqliteWork)op).IsIn(db) is { } answer)
            {
                return answer;
            }
        }

        return false;
    }

    private void TakeBack()
    {
        try
        {
            db.Rollback();
        }
        catch (Microsoft.Data.Sqlite.SqliteException failure)
        {
            RollbackFailed(Log, failure.Message);
        }
    }

    private void Checkpoint(Action checkpoint)
    {
        try
        {
            checkpoint();
        }
        catch (Exception failure) when (SqliteFault.IsFsync(failure))
        {
            Die(WhyDead(failure));
        }
        catch (Microsoft.Data.Sqlite.SqliteException failure)
        {
            CheckpointFailed(Log, failure.Message);
        }
    }

    private string WhyDead(Exception failure) => $"Writing '{Name}' to disk failed: {failure.Message}. What of the last commits is on disk is not known, so Responder ends; "
        + "when it starts again it goes on from what is there. Check the disk.";

    [LoggerMessage(1405, LogLevel.Warning, "A transaction could not be taken back: {Why}")]
    private static partial void RollbackFailed(ILogger log, string why);

    [LoggerMessage(1406, LogLevel.Warning, "The write-ahead log could not be moved into the database; it is tried again: {Why}")]
    private static partial void CheckpointFailed(ILogger log, string why);
}
