using Npgsql;

namespace Responder.Storage.Postgres;

/// <summary>Raises a run's epoch. The result is the new epoch; null where there is no such run. To raise it twice is harmless.</summary>
internal sealed class PgTake(string runId, string owner) : WriteOp<long?>, IPgWork
{
    // A run that waits is owned from here on too, so that it is found again where this process dies before it writes down what woke it.
    private const string Take = """
        UPDATE runs SET epoch = epoch + 1, taker = $2, woken_at = NULL,
          owner = CASE WHEN status IN ('succeeded', 'failed', 'rejected', 'cancelled') THEN NULL ELSE $2 END
        WHERE run_id = $1 RETURNING epoch
        """;

    public string? RunId => runId;

    public void Bind(NpgsqlBatch batch, DateTimeOffset now, bool again) => batch.Add(Take).With(runId).With(owner);

    public void Read(PgResults results) => Result = results.Row() ? results.Reader.GetInt64(0) : null;
}
