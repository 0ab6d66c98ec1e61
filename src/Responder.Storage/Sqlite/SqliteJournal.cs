using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteJournal(Writer writer, Readers readers) : RunJournal(writer)
{
    private static readonly Sql RunSql = new($"SELECT epoch, last_seq, archived_at IS NOT NULL, {RunRows.Columns} FROM runs WHERE run_id = ?1");
    private static readonly Sql EventsSql = new("SELECT seq, at, type, version, payload FROM run_events WHERE run_id = ?1 AND seq > ?2 ORDER BY seq");
    private static readonly Sql ArchiveSql = new("SELECT body FROM run_archive WHERE run_id = ?1 AND last_seq > ?2");
    private static readonly Sql EpochSql = new("SELECT epoch FROM runs WHERE run_id = ?1");

    public override async Task<StoredRun?> ReadAsync(string runId, long afterSeq, CancellationToken cancel) =>
        await readers.ReadAsync(db => Read(db, runId, afterSeq), cancel);

    public override ValueTask<string?> WhyNotActAsync(string runId, long epoch, string connector, string playbook) =>
        readers.ReadAsync(db => IsEpoch(db, runId, epoch) ? Guards.WhySwitchedOff(db, connector, playbook) : NotOurs, CancellationToken.None);

    public override ValueTask<IReadOnlyList<QuotaUse>> UsedUpAsync(IReadOnlyList<QuotaUse> quotas, string runId, string path, DateTimeOffset now) =>
        readers.ReadAsync<IReadOnlyList<QuotaUse>>(db => [.. quotas.Where(quota => Quotas.IsUsedUp(db, quota, runId, path, now))], CancellationToken.None);

    protected override WriteOp<AppendResult> Append(JournalBatch batch) => new AppendOp(batch);

    protected override WriteOp<long?> Take(string runId, string owner) => new TakeOp(runId, owner);

    protected override WriteOp<AdmissionResult> Admit(Admission admission) => new AdmitOp(admission);

    private static StoredRun? Read(Db db, string runId, long afterSeq)
    {
        db.BeginRead();
        using var query = db.Use(RunSql).With(runId);
        return query.Step()
            ? new StoredRun(runId, query.Long(0), query.Long(1), RunRows.Read(query, 3), query.Long(2) != 0 ? ReadArchived(db, runId, afterSeq) : ReadEvents(db, runId, afterSeq))
            : null;
    }

    // What came after the archive stands in rows again.
    private static List<StoredEvent> ReadArchived(Db db, string runId, long afterSeq)
    {
        using var query = db.Use(ArchiveSql).With(runId).With(afterSeq);
        List<StoredEvent> events = query.Step() ? ArchiveRows.After(JournalBody.Unpack(runId, query.Bytes(0)), afterSeq) : [];
        return [.. events, .. ReadEvents(db, runId, events.Count > 0 ? events[^1].Seq : afterSeq)];
    }

    private static List<StoredEvent> ReadEvents(Db db, string runId, long afterSeq)
    {
        using var query = db.Use(EventsSql).With(runId).With(afterSeq);
        List<StoredEvent> events = [];
        while (query.Step())
        {
            events.Add(new StoredEvent(query.Long(0), query.Time(1), query.Text(2), (int)query.Long(3), query.Bytes(4)));
        }

        return events;
    }

    private static bool IsEpoch(Db db, string runId, long epoch)
    {
        using var query = db.Use(EpochSql).With(runId);
        return query.Step() && query.Long(0) == epoch;
    }
}
