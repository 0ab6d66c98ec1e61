using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

internal sealed class Definitions(ISqlDoor door, TimeProvider time) : IDefinitions
{
    public async Task PutAsync(string hash, string playbook, string bundle, CancellationToken cancel)
    {
        // Every run puts the definition that it is pinned to: the one that is there costs no commit.
        if (await GetAsync(hash, cancel) is null)
        {
            await door.WriteAsync(
                null,
                db => db.ExecuteAsync(
                    "INSERT INTO definitions (hash, playbook, bundle, at) VALUES (@hash, @playbook, @bundle, @at) ON CONFLICT DO NOTHING",
                    new { hash, playbook, bundle, at = Values.Of(time.GetUtcNow()) }),
                cancel);
        }
    }

    public Task<string?> GetAsync(string hash, CancellationToken cancel) =>
        door.ReadAsync(db => db.ExecuteScalarAsync<string?>("SELECT bundle FROM definitions WHERE hash = @hash", new { hash }), cancel);
}
