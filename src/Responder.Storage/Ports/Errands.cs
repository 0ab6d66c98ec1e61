using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

internal sealed class Errands(ISqlDoor door) : IErrands
{
    private const string Select =
        "SELECT errand_id AS Id, kind AS Kind, run_id AS RunId, payload AS Payload, attempts AS Attempts, due_at AS DueAt, error AS Error FROM errands";

    public async Task<IReadOnlyList<Errand>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancel)
    {
        // Mostly there is none, and to learn that must not cost a commit.
        var due = new { now = Values.Of(now), until = Values.Of(now + lease), limit };
        if (await door.ReadAsync(db => db.ExecuteScalarAsync<long?>("SELECT 1 FROM errands WHERE due_at <= @now LIMIT 1", due), cancel) is null)
        {
            return [];
        }

        return await door.WriteAsync<IReadOnlyList<Errand>>(
            Alone.Errands,
            async db =>
            {
                var taken = (await db.QueryAsync<ErrandRecord>(Select + " WHERE due_at <= @now ORDER BY due_at, errand_id LIMIT @limit", due)).ToList();
                foreach (var one in taken)
                {
                    await db.ExecuteAsync("UPDATE errands SET due_at = @until WHERE errand_id = @Id", new { due.until, one.Id });
                }

                return [.. taken.Select(record => record.ToErrand())];
            },
            cancel);
    }

    public Task DoneAsync(string id, CancellationToken cancel) =>
        door.WriteAsync(null, db => db.ExecuteAsync("DELETE FROM errands WHERE errand_id = @id", new { id }), cancel);

    public Task PutOffAsync(string id, DateTimeOffset? due, string? why, CancellationToken cancel) => door.WriteAsync(
        null,
        db => db.ExecuteAsync(
            "UPDATE errands SET due_at = @due, error = coalesce(@why, error), attempts = attempts + @failed WHERE errand_id = @id",
            new { id, due = Values.Of(due), why, failed = why is null ? 0 : 1 }),
        cancel);

    public async Task<IReadOnlyList<Errand>> ListAsync(int limit, CancellationToken cancel) =>
        [.. (await door.ReadAsync(
                db => db.QueryAsync<ErrandRecord>(Select + " ORDER BY due_at IS NOT NULL, attempts DESC, errand_id LIMIT @limit", new { limit }), cancel))
            .Select(record => record.ToErrand())];
}
