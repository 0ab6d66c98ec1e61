using Npgsql;
using Responder.Engine.Audit;
using Responder.Storage.Audit;

namespace Responder.Storage.Postgres;

/// <summary>The chain of what people do, beside that of the runs' writer: its transactions are short, and its links are made one after another.</summary>
internal sealed class PgAuditDesk(AuditChain chain, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private bool _unsure;

    public string Writer => chain.Writer;

    /// <summary>Commits a transaction, with a link for what was done in it.</summary>
    public async Task CommitAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, AuditEntry entry)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_unsure)
            {
                // A commit before failed, and nobody knows how far it came: the chain stands where the database has it.
                var head = await AuditRows.HeadAsync(connection, chain.Writer);
                chain.Stand(head?.N ?? 0, head?.Mac ?? string.Empty);
            }

            _unsure = true;
            var link = chain.Next([AuditItem.Of(entry)], known: true, null, time.GetUtcNow());
            await AuditRows.InsertAsync(connection, link);
            await transaction.CommitAsync(CancellationToken.None);
            chain.Advance(link);
            _unsure = false;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
