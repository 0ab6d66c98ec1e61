using System.Text.Unicode;
using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteJournal(Writer writer, Readers readers) : IRunJournal
{
    private static readonly Sql RunSql = new($"SELECT epoch, last_seq, {RunRows.Columns} FROM runs WHERE run_id = ?1");
    private static readonly Sql EventsSql = new("SELECT seq, at, type, version, payload FROM run_events WHERE run_id = ?1 AND seq > ?2 ORDER BY seq");
    private static readonly Sql EpochSql = new("SELECT epoch FROM runs WHERE run_id = ?1");

    public Task<AppendResult> AppendAsync(JournalBatch batch)
    {
        if (WhyUnfit(batch) is { } reason)
        {
            return Task.FromResult(new AppendResult(AppendStatus.Faulty, reason));
        }

        var op = new AppendOp(batch);
        writer.Post(op);
        return op.Done;
    }

    public async Task<StoredRun?> TakeAsync(string runId, string owner, CancellationToken cancel)
    {
        var op = new TakeOp(runId, owner);
        writer.Post(op);
        var epoch = await op.Done.WaitAsync(cancel);
        return epoch is { } ours && await ReadAsync(runId, 0, cancel) is { } run ? run with { Epoch = ours } : null;
    }

    public async Task<StoredRun?> ReadAsync(string runId, long afterSeq, CancellationToken cancel) =>
        await readers.ReadAsync(db => Read(db, runId, afterSeq), cancel);

    public Task<AdmissionResult> AdmitAsync(Admission admission)
    {
        var op = new AdmitOp(admission);
        writer.Post(op);
        return op.Done;
    }

    public ValueTask<string?> WhyNotActAsync(string runId, long epoch, string connector, string playbook) =>
        readers.ReadAsync(db => IsEpoch(db, runId, epoch) ? Guards.WhySwitchedOff(db, connector, playbook) : "Another owner has the run.", CancellationToken.None);

    private static StoredRun? Read(Db db, string runId, long afterSeq)
    {
        db.BeginRead();
        using var query = db.Use(RunSql).With(runId);
        return query.Step()
            ? new StoredRun(runId, query.Long(0), query.Long(1), RunRows.Read(query, 2), ReadEvents(db, runId, afterSeq))
            : null;
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

    // What no store could keep is told at once; all stores refuse the same.
    private static string? WhyUnfit(JournalBatch batch)
    {
        for (var index = 0; index < batch.Events.Count; index++)
        {
            var entry = batch.Events[index];
            if (entry.Seq != batch.ExpectedSeq + index + 1)
            {
                return $"Event {entry.Seq} ({entry.Type}) of run {batch.RunId} stands where number {batch.ExpectedSeq + index + 1} must be.";
            }

            if (entry.Payload.IsEmpty || !Utf8.IsValid(entry.Payload.Span) || entry.Payload.Span.Contains((byte)0))
            {
                return $"Event {entry.Seq} ({entry.Type}) of run {batch.RunId} is empty, is not UTF-8 or holds a NUL.";
            }
        }

        return null;
    }
}
