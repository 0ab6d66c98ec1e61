using System.Data.Common;
using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>The archive, over the small ports' door: its statements are the same on both databases.</summary>
/// <param name="door">The database.</param>
/// <param name="time">The clock.</param>
/// <param name="schema">The number of the first schema that knows an archive, where programs that know none could be started on the database; else null.</param>
internal sealed class RunArchive(ISqlDoor door, TimeProvider time, long? schema) : IRunArchive
{
    // What one transaction holds the writer with: a few milliseconds.
    private const int MostRuns = 16;
    private const int MostBytes = 512 * 1024;

    // What its events take beside payload and type: the run's id, numbers, the row itself.
    private const int BytesOfRow = 64;

    // In force: word for word as EffectLists has it. The slot is the one that an undo of the run holds to its end.
    private const string Free = """
        r.archived_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM effects e WHERE e.run_id = r.run_id AND e.effect = 'contain' AND e.status IN ('intended', 'pending', 'done', 'already_so', 'in_doubt'))
          AND NOT EXISTS (SELECT 1 FROM slots s WHERE s.key = 'undo/' || r.run_id)
        """;

    /// <summary>The next ones, from the index of those that are not archived yet.</summary>
    internal const string Candidates = $"""
        SELECT r.run_id AS RunId, r.last_seq AS LastSeq, r.ended_at AS EndedAt FROM runs r
        WHERE r.ended_at IS NOT NULL AND r.ended_at < @before AND (r.ended_at, r.run_id) > (@at, @id) AND {Free}
        ORDER BY r.ended_at, r.run_id LIMIT @most
        """;

    // Whoever still has the run in hand is fenced from here on.
    private const string Mark = $"UPDATE runs AS r SET archived_at = @now, epoch = r.epoch + 1 WHERE r.run_id = @RunId AND r.last_seq = @LastSeq AND r.status IN ('succeeded', 'failed', 'rejected', 'cancelled') AND {Free}";

    private const string Insert = "INSERT INTO run_archive (run_id, last_seq, journal_bytes, at, body) VALUES (@RunId, @LastSeq, @JournalBytes, @now, @Body)";

    private const string Delete = "DELETE FROM run_events WHERE run_id = @RunId AND seq <= @LastSeq";

    private const string Claim = """
        INSERT INTO settings (name, value) VALUES ('retention.held_until', @until)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE CAST(settings.value AS bigint) <= @now
        """;

    private const string Oldest = """
        INSERT INTO settings (name, value) VALUES ('schema.oldest', @schema)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE CAST(settings.value AS bigint) < CAST(excluded.value AS bigint)
        """;

    public async Task<ArchivedRuns> MoveAsync(DateTimeOffset endedBefore, string? after, bool write, CancellationToken cancel)
    {
        var from = Cursor.Read(after);
        var found = (await door.ReadAsync(
            db => db.QueryAsync<(string RunId, long LastSeq, long EndedAt)>(Candidates, new { before = Values.Of(endedBefore), at = from?.At ?? long.MinValue, id = from?.Id ?? string.Empty, most = MostRuns }), cancel)).AsList();

        // Packed before the transaction: whoever writes meanwhile does not wait for it.
        List<Packed> packed = [];
        var seen = 0;
        for (var bytes = 0L; seen < found.Count && bytes < MostBytes; seen++)
        {
            var events = await door.ReadAsync(db => ArchiveRows.LiveAsync(db, found[seen].RunId), cancel);
            if (events.Count == found[seen].LastSeq && events[^1].Seq == found[seen].LastSeq)
            {
                packed.Add(Pack(found[seen].RunId, events));
                bytes += packed[^1].JournalBytes;
            }
        }

        var moved = write && packed.Count > 0 ? await door.WriteAsync(null, db => WriteAsync(db, packed), cancel) : packed;
        return new ArchivedRuns(
            moved.Count, moved.Sum(one => one.LastSeq), moved.Sum(one => one.JournalBytes), moved.Sum(one => (long)one.Body.Length),
            seen < found.Count || found.Count == MostRuns ? Cursor.Make(found[seen - 1].EndedAt, found[seen - 1].RunId) : null);
    }

    public async Task<bool> ClaimAsync(DateTimeOffset now, TimeSpan hold, CancellationToken cancel)
    {
        var values = new { now = Values.Of(now), until = Text(Values.Of(now + hold)) };
        return await door.WriteAsync(null, db => db.ExecuteAsync(Claim, values), cancel) == 1;
    }

    private async Task<List<Packed>> WriteAsync(DbConnection db, List<Packed> packed)
    {
        var now = Values.Of(time.GetUtcNow());
        if (schema is { } number)
        {
            await db.ExecuteAsync(Oldest, new { schema = Text(number) });
        }

        List<Packed> moved = [];
        foreach (var one in packed.OrderBy(one => one.RunId, StringComparer.Ordinal))
        {
            // Nothing where another node has done it, or where something came for the run meanwhile.
            var values = new { one.RunId, one.LastSeq, one.JournalBytes, one.Body, now };
            if (await db.ExecuteAsync(Mark, values) == 0)
            {
                continue;
            }

            await db.ExecuteAsync(Insert, values);
            if (await db.ExecuteAsync(Delete, values) is var deleted && deleted != one.LastSeq)
            {
                throw new InvalidDataException($"The journal of run {one.RunId} has {deleted} events where {one.LastSeq} were read; it is left as it is.");
            }

            moved.Add(one);
        }

        return moved;
    }

    private static Packed Pack(string runId, List<StoredEvent> events) =>
        new(runId, events.Count, events.Sum(entry => (long)entry.Payload.Length + entry.Type.Length + BytesOfRow), JournalBody.Pack(events));

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Packed(string RunId, long LastSeq, long JournalBytes, byte[] Body);
}
