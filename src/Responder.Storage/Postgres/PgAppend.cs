using System.Globalization;
using System.Text.Json;
using Npgsql;
using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Postgres;

/// <summary>A run's pending batch: all of it or nothing.</summary>
internal sealed class PgAppend(JournalBatch batch) : AppendWork(batch), IPgWork
{
    private static readonly string Append = Call("SELECT verdict, note, status FROM responder_append_1", 23);
    private static readonly string AppendCounted = Call("SELECT verdict, note, status FROM responder_append_2", 27);
    private static readonly string AppendSole = Call("SELECT verdict, note, status FROM responder_append_3", 29);
    private static readonly string PutApproval = Call("SELECT responder_put_approval_1", 15);
    private static readonly string Await = Call("SELECT responder_await_1", 7);
    private static readonly string Release = Call("SELECT * FROM responder_release_1", 5);

    private const string CloseApproval = """
        UPDATE approvals SET status = 'closed', choice = $4, decided_by = $5, how = $6, closed_at = $7
        WHERE approval_id = $8 AND run_id = $1 AND EXISTS (SELECT 1 FROM runs WHERE run_id = $1 AND last_seq = $2 AND epoch = $3)
        """;

    private const string IsOurs = " AND EXISTS (SELECT 1 FROM runs WHERE run_id = $1 AND last_seq = $2 AND epoch = $3)";

    private const string Lift = """
        UPDATE effects SET status = 'undone', at = $7, until = NULL
        WHERE connection = $4 AND target = $5 AND action = $6 AND status IN ('pending', 'done', 'already_so')
        """ + IsOurs;

    private const string Pass = """
        UPDATE effects SET before_free = CASE WHEN run_id = $8 THEN 1 ELSE before_free END, at = CASE WHEN run_id = $7 THEN $9 ELSE at END,
          until = CASE WHEN run_id = $7 THEN NULL ELSE until END, status = CASE WHEN run_id = $7 THEN 'undone' WHEN status = 'already_so' THEN 'done' ELSE status END
        WHERE connection = $4 AND target = $5 AND action = $6 AND run_id IN ($7, $8)
        """ + IsOurs;

    private const string Move = """
        UPDATE effects SET until = $8 WHERE run_id = $4 AND path = $5 AND connection = $6 AND target = $7 AND status IN ('pending', 'done', 'already_so')
        """ + IsOurs;

    private const string PutEffects = """
        INSERT INTO effects (run_id, path, connection, target, target_name, action, effect, before_free, status, at, until)
        SELECT e.* FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[], $12::text[], $13::bigint[], $14::bigint[]) e
        WHERE EXISTS (SELECT 1 FROM runs WHERE run_id = $1 AND last_seq = $2 AND epoch = $3)
        ON CONFLICT (run_id, path, connection, target) DO UPDATE SET target_name = excluded.target_name, action = excluded.action,
          effect = excluded.effect, before_free = excluded.before_free, status = excluded.status, at = excluded.at, until = excluded.until
        """;

    // In one order over all nodes: two that want the same targets must not wait for each other.
    private readonly IReadOnlyList<TargetKey> _locks =
        [.. (batch.Guard?.Locks ?? []).Distinct().OrderBy(key => key.Connection, StringComparer.Ordinal).ThenBy(key => key.Target, StringComparer.Ordinal)];

    public string? RunId => Batch.RunId;

    public bool IsIntent => Batch.Guard is not null;

    public IEnumerable<string> AloneWith => Quotas.Select(quota => Alone.Quota(quota.Key));

    private IReadOnlyList<QuotaUse> Quotas => Batch.Guard?.Quotas ?? [];

    private bool GivesBack => Batch.Row.Status.IsEnd() || Batch.Changes.Any(change => change is SlotReleased);

    public void Bind(NpgsqlBatch batch, DateTimeOffset now, bool again)
    {
        var row = Batch.Row;
        var end = row.Status.IsEnd();
        var command = batch.Add(Batch.Guard?.Sole is not null ? AppendSole : Quotas.Count == 0 ? Append : AppendCounted).With(Batch.RunId).With(Batch.ExpectedSeq).With(LastSeq).With(Batch.Epoch).With(again).With(Values.Of(now))
            .With(Values.Of(row.Status)).With(row.Outcome).With(row.Reason).With(end ? null : Values.Of(row.DueAt)).With(Values.Of(row.StartedAt)).With(Values.Of(row.EndedAt))
            .With(row.Owned && !end).With(Batch.Events)
            .With(Batch.Guard?.Connector).With(Batch.Guard?.Playbook).With(Batch.Guard?.Path)
            .With(_locks.Select(key => key.Connection)).With(_locks.Select(key => key.Target)).With(Released);
        if (Quotas.Count > 0 || Batch.Guard?.Sole is not null)
        {
            command.With(Quotas.Select(quota => quota.Key)).With(Quotas.Select(quota => (long)quota.AtMost).ToArray())
                .With(Quotas.Select(quota => Values.Of(now - quota.Window)).ToArray()).With(Quotas.Select(quota => quota.Approved).ToArray());
        }

        if (Batch.Guard?.Sole is { } sole)
        {
            command.With(sole.Action).With(sole.Holder);
        }

        foreach (var change in Batch.Changes)
        {
            BindChange(batch, change, now);
        }

        BindEffects(batch);
        if (GivesBack)
        {
            Ours(batch, Release).With(end).With(Values.Of(now));
        }
    }

    public void Read(PgResults results)
    {
        results.Row();
        var note = results.Reader.IsDBNull(1) ? [] : results.Reader.GetFieldValue<string[]>(1);
        var verdict = Verdict(results.Reader.GetString(0), note);
        Row = Fit(Values.Enum<RunStatus>(results.Reader.GetString(2)));
        foreach (var _ in Batch.Changes.Where(change => change is ApprovalOpened or ApprovalChanged or AwaitedEvents))
        {
            results.Next();
        }

        List<string> started = [];
        if (GivesBack)
        {
            results.Next();
            while (results.Reader.Read())
            {
                started.Add(results.Reader.GetString(0));
            }
        }

        Result = verdict ?? CommittedWith(started);
    }

    private static AppendResult? Verdict(string verdict, string[] note) => verdict switch
    {
        "committed" => null,
        "fenced" => AppendResult.Fenced,
        "switched" => new AppendResult(
            AppendStatus.Switched, KillSwitchText.Say(note[0], note[1], note[2], note[3], Values.Time(long.Parse(note[4], CultureInfo.InvariantCulture)))),
        "locked" => Locked(note[0], note[1], note[2]),
        "over_quota" => OverQuota(note[0]),
        "held_too" => HeldToo(note[0], note[1]),
        _ => throw new InvalidOperationException($"PostgreSQL's responder_append_1 said '{verdict}'."),
    };

    // A run at its end has no owner and no due time. A queued one that was given its slot while it wrote this is queued no longer.
    private RunRow Fit(RunStatus status) => status switch
    {
        _ when status.IsEnd() => Batch.Row with { DueAt = null, Owned = false },
        _ when status != Batch.Row.Status => Batch.Row with { Status = status, Owned = false },
        _ => Batch.Row,
    };

    private void BindChange(NpgsqlBatch batch, RowChange change, DateTimeOffset now)
    {
        switch (change)
        {
            case ApprovalOpened { Approval: var row }:
                BindApproval(batch, row);
                break;
            case ApprovalChanged { Approval: var row }:
                BindApproval(batch, row);
                break;
            case ApprovalClosed closed:
                Ours(batch, CloseApproval).With(closed.Choice).With(closed.By).With(closed.How).With(Values.Of(closed.At)).With(closed.Id);
                break;
            case AwaitedEvents { Names: var names }:
                var ordered = names.Distinct().Order(StringComparer.Ordinal).ToList();
                Ours(batch, Await).With(ordered).With(ordered.Select(Alone.Event)).With(Values.Of(now)).With(Values.Of(now - Inbox.Between));
                break;
            case ContainmentLifted lifted:
                Ours(batch, Lift).With(lifted.Connection).With(lifted.Target).With(lifted.Action).With(Values.Of(lifted.At));
                break;
            case HoldPassed passed:
                Ours(batch, Pass).With(passed.Connection).With(passed.Target).With(passed.Action).With(passed.From).With(passed.To).With(Values.Of(passed.At));
                break;
            case LeaseMoved moved:
                Ours(batch, Move).With(moved.RunId).With(moved.Path).With(moved.Connection).With(moved.Target).With(Values.Of(moved.Until));
                break;
            case LocksReleased or SlotReleased or EffectRecorded:
                break;
            default:
                throw new NotSupportedException($"The store on PostgreSQL does not know the change {change.GetType().Name}.");
        }
    }

    private void BindApproval(NpgsqlBatch batch, ApprovalRow row) => Ours(batch, PutApproval)
        .With(row.Id).With(row.Path).With(row.StepId).With(row.Title).With(row.Status).With(Values.Of(row.AskedAt)).With(Values.Of(row.Deadline))
        .With(Values.Of(row.Deadline) ?? long.MaxValue).With(JsonSerializer.Serialize(row.Gate, Sdk.Json.Options)).With(row.Choice).With(row.By).With(Values.Of(row.ClosedAt));

    // The last state of each line: one statement must not write a row twice.
    private void BindEffects(NpgsqlBatch batch)
    {
        var lines = Batch.Changes.OfType<EffectRecorded>().Select(change => change.Effect).GroupBy(row => (row.RunId, row.Path, row.Connection, row.Target))
            .Select(line => line.Last()).ToList();
        if (lines.Count > 0)
        {
            Ours(batch, PutEffects).With(lines.Select(row => row.RunId)).With(lines.Select(row => row.Path)).With(lines.Select(row => row.Connection))
                .With(lines.Select(row => row.Target)).With(lines.Select(row => row.TargetName)).With(lines.Select(row => row.Action))
                .With(lines.Select(row => Values.Of(row.Effect))).With(lines.Select(row => row.BeforeFree ? 1L : 0L).ToArray()).With(lines.Select(row => row.Status))
                .With(lines.Select(row => Values.Of(row.At)).ToArray()).With(lines.Select(row => Values.Of(row.Until)).ToArray());
        }
    }

    // What follows an append holds only where it was written: then the run stands at its last number, under our epoch.
    private NpgsqlBatchCommand Ours(NpgsqlBatch batch, string sql) => batch.Add(sql).With(Batch.RunId).With(LastSeq).With(Batch.Epoch);

    private static string Call(string function, int arguments) => $"{function}({string.Join(", ", Enumerable.Range(1, arguments).Select(n => $"${n}"))})";
}
