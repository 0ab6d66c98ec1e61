using Npgsql;

namespace Responder.Storage.Postgres;

/// <summary>Sees to it that the newest link leaves nothing open: before it is anchored, and at the end. The result says nothing.</summary>
internal sealed class PgSeal : WriteOp<bool>, IPgWork
{
    public void Bind(NpgsqlBatch batch, DateTimeOffset now, bool again)
    {
        // The chain adds the link.
    }

    public void Read(PgResults results) => Result = true;
}
