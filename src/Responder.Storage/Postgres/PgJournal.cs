using System.Data.Common;
using Dapper;
using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Postgres;

internal sealed class PgJournal(Writer writer, PgDoor door) : RunJournal(writer)
{
    // One statement, so that the row and its events are of one moment.
    private const string Select = """
        SELECT r.epoch, r.last_seq, r.status, r.outcome, r.reason, r.due_at, r.started_at, r.ended_at, r.owner IS NOT NULL, r.archived_at IS NOT NULL, e.seq, e.at, e.type, e.version, convert_to(e.payload, 'UTF8')
        FROM runs r LEFT JOIN run_events e ON e.run_id = r.run_id AND e.seq > @afterSeq WHERE r.run_id = @runId ORDER BY e.seq
        """;

    private const string MayAct = """
        SELECT r.epoch AS Epoch, k.scope AS Scope, k.name AS Name, k.by AS ThrownBy, k.reason AS Reason, k.at AS At
        FROM runs r LEFT JOIN kill_switch k ON k.scope = 'all' OR (k.scope = 'connector' AND k.name = @connector) OR (k.scope = 'playbook' AND k.name = @playbook)
        WHERE r.run_id = @runId LIMIT 1
        """;

    // A step that has counted already is not over anything: -1.
    private const string Used = """
        SELECT CASE WHEN EXISTS (SELECT 1 FROM quota_uses u WHERE u.key = q.key AND u.run_id = @runId AND u.path = @path) THEN -1
          ELSE (SELECT count(*) FROM quota_uses u WHERE u.key = q.key AND u.at > q.since) END
        FROM unnest(@keys::text[], @since::bigint[]) WITH ORDINALITY AS q (key, since, n) ORDER BY q.n
        """;

    public override Task<StoredRun?> ReadAsync(string runId, long afterSeq, CancellationToken cancel) =>
        door.ReadHoweverLongAsync(db => ReadAsync(db, runId, afterSeq), cancel);

    public override async ValueTask<string?> WhyNotActAsync(string runId, long epoch, string connector, string playbook)
    {
        var found = await door.ReadHoweverLongAsync(db => db.QuerySingleOrDefaultAsync<MayActRecord>(MayAct, new { runId, connector, playbook }), CancellationToken.None);
        return found is null || found.Epoch != epoch ? NotOurs
            : found.Scope is null ? null
            : KillSwitchText.Say(found.Scope, found.Name!, found.ThrownBy!, found.Reason!, Values.Time(found.At!.Value));
    }

    public override async ValueTask<IReadOnlyList<QuotaUse>> UsedUpAsync(IReadOnlyList<QuotaUse> quotas, string runId, string path, DateTimeOffset now)
    {
        var keys = quotas.Select(quota => quota.Key).ToArray();
        var since = quotas.Select(quota => Values.Of(now - quota.Window)).ToArray();
        var used = await door.ReadHoweverLongAsync(async db => (await db.QueryAsync<long>(Used, new { keys, since, runId, path })).ToList(), CancellationToken.None);
        return [.. quotas.Where((quota, index) => used[index] >= quota.AtMost)];
    }

    protected override WriteOp<AppendResult> Append(JournalBatch batch) => new PgAppend(batch);

    protected override WriteOp<long?> Take(string runId, string owner) => new PgTake(runId, owner);

    protected override WriteOp<AdmissionResult> Admit(Admission admission) => new PgAdmit(admission);

    private static async Task<StoredRun?> ReadAsync(DbConnection db, string runId, long afterSeq)
    {
        var (run, isArchived) = await ReadRowsAsync(db, runId, afterSeq);
        if (run is null || !isArchived)
        {
            return run;
        }

        // What is archived stays so: to ask for it after the row is no race. What came after it stands in rows again.
        var archived = await ArchiveRows.ReadAsync(db, runId, afterSeq);
        var last = archived.Count > 0 ? archived[^1].Seq : afterSeq;
        return run with { Events = [.. archived, .. run.Events.Where(entry => entry.Seq > last)] };
    }

    private static async Task<(StoredRun? Run, bool IsArchived)> ReadRowsAsync(DbConnection db, string runId, long afterSeq)
    {
        await using var reader = await db.ExecuteReaderAsync(Select, new { runId, afterSeq });
        StoredRun? run = null;
        var isArchived = false;
        List<StoredEvent> events = [];
        while (await reader.ReadAsync())
        {
            run ??= new StoredRun(runId, reader.GetInt64(0), reader.GetInt64(1), RowOf(reader), events);
            isArchived = reader.GetBoolean(9);
            if (!reader.IsDBNull(10))
            {
                events.Add(new StoredEvent(reader.GetInt64(10), Values.Time(reader.GetInt64(11)), reader.GetString(12), reader.GetInt32(13), reader.GetFieldValue<byte[]>(14)));
            }
        }

        return (run, isArchived);
    }

    private static RunRow RowOf(DbDataReader reader) => new(
        Values.Enum<RunStatus>(reader.GetString(2)), Text(reader, 3), Text(reader, 4), Time(reader, 5), Time(reader, 6), Time(reader, 7), reader.GetBoolean(8));

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? Time(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : Values.Time(reader.GetInt64(column));
}

#pragma warning disable CA1812 // Dapper makes it.
internal sealed class MayActRecord
{
    public long Epoch { get; init; }
    public string? Scope { get; init; }
    public string? Name { get; init; }
    public string? ThrownBy { get; init; }
    public string? Reason { get; init; }
    public long? At { get; init; }
}
