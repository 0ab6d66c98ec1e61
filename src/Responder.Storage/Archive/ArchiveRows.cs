using System.Data.Common;
using System.Text;
using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>The archive's rows and the journals' as they are read where both databases take the same statements.</summary>
internal static class ArchiveRows
{
    private const string Live = "SELECT seq, at, type, CAST(version AS bigint), payload FROM run_events WHERE run_id = @runId ORDER BY seq";

    /// <summary>A journal that was not archived.</summary>
    public static async Task<List<StoredEvent>> LiveAsync(DbConnection db, string runId) =>
        [.. (await db.QueryAsync<(long Seq, long At, string Type, long Version, string Payload)>(Live, new { runId }))
            .Select(row => new StoredEvent(row.Seq, Values.Time(row.At), row.Type, (int)row.Version, Encoding.UTF8.GetBytes(row.Payload)))];

    /// <summary>A run's archived events after a number; none where it was not archived.</summary>
    /// <exception cref="InvalidDataException">They are not as they were written.</exception>
    public static async Task<List<StoredEvent>> ReadAsync(DbConnection db, string runId, long afterSeq) =>
        await db.ExecuteScalarAsync<byte[]?>("SELECT body FROM run_archive WHERE run_id = @runId AND last_seq > @afterSeq", new { runId, afterSeq }) is { } body
            ? After(JournalBody.Unpack(runId, body), afterSeq)
            : [];

    /// <summary>What follows a number.</summary>
    public static List<StoredEvent> After(List<StoredEvent> events, long afterSeq)
    {
        events.RemoveAll(entry => entry.Seq <= afterSeq);
        return events;
    }

    /// <summary>How much is in it.</summary>
    public static async Task<ArchiveSize> SizeAsync(DbConnection db)
    {
        var (runs, journals, bytes) = await db.QuerySingleAsync<(long Runs, long Journals, long Bytes)>(
            "SELECT count(*), CAST(coalesce(sum(journal_bytes), 0) AS bigint), CAST(coalesce(sum(octet_length(body)), 0) AS bigint) FROM run_archive");
        return new ArchiveSize(runs, journals, bytes);
    }
}
