using Npgsql;
using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Postgres;

/// <summary>Notes that a run's loop threw; the result is how often it did, 0 where there is no such run.</summary>
internal sealed class PgLoopFailure(string runId, string reason, IReadOnlyList<TimeSpan> retryAfter, DateTimeOffset at) : WriteOp<int>, IPgWork
{
    private const string Note = "SELECT failures, status, outcome, reason, due_at, started_at, ended_at FROM responder_loop_failed_1($1, $2, $3, $4)";

    private RunRow? _inDoubt;

    public string? RunId => runId;

    public void Bind(NpgsqlBatch batch, DateTimeOffset now, bool again) =>
        batch.Add(Note).With(runId).With(reason).With(Values.Of(at)).With(retryAfter.Select(wait => (long)wait.TotalMilliseconds).ToArray());

    public void Read(PgResults results)
    {
        results.Row();
        Result = results.Reader.GetInt32(0);
        _inDoubt = results.Text(1) is { } status
            ? new RunRow(
                Values.Enum<RunStatus>(status), results.Text(2), results.Text(3), Values.Time(results.Long(4)), Values.Time(results.Long(5)), Values.Time(results.Long(6)), Owned: false)
            : null;
    }

    public override void Publish(CommitFeed feed)
    {
        if (_inDoubt is not null && feed.HasReaders)
        {
            feed.Publish(new CommitNotice(runId, [], _inDoubt, []));
        }
    }
}
