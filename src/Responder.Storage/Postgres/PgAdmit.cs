using Npgsql;
using Responder.Engine.Journal;
using Responder.Playbooks.Language;

namespace Responder.Storage.Postgres;

/// <summary>An alert with the runs that it starts, in one transaction.</summary>
internal sealed class PgAdmit(Admission admission) : AdmitWork(admission), IPgWork
{
    private const string AdmitAlert = "SELECT responder_admit_alert_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    private const string AdmitRun =
        "SELECT run, status, holder, epoch FROM responder_admit_run_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";

    private const string FirstRuns = "SELECT run_id, playbook, status, holder FROM alert_runs WHERE alert_id = $1 ORDER BY ordinal";

    private const string RunErrands = """
        INSERT INTO errands (errand_id, kind, run_id, payload, due_at)
        SELECT e.id, e.kind, r.run_id, e.payload, CASE WHEN e.at_end = 1 AND r.status <> 'failed' THEN NULL ELSE $2::bigint END
        FROM runs r, unnest($3::text[], $4::text[], $5::text[], $6::bigint[]) e (id, kind, payload, at_end) WHERE r.run_id = $1
        ON CONFLICT DO NOTHING
        """;

    private const string AttachedErrands = """
        INSERT INTO errands (errand_id, kind, run_id, payload, due_at)
        SELECT replace(e.id, '*', r.run_id), e.kind, r.run_id, e.payload, CASE WHEN e.at_end = 1 AND r.ended_at IS NULL THEN NULL ELSE $2::bigint END
        FROM alert_runs x JOIN runs r ON r.run_id = x.run_id, unnest($3::text[], $4::text[], $5::text[], $6::bigint[]) e (id, kind, payload, at_end)
        WHERE x.alert_id = $1 AND x.ordinal = $7 AND x.status = 'attached'
        ON CONFLICT DO NOTHING
        """;

    private const string AlertErrands = """
        INSERT INTO errands (errand_id, kind, payload, due_at)
        SELECT e.id, e.kind, e.payload, CASE WHEN e.at_end = 1 THEN NULL ELSE $2::bigint END
        FROM alerts a, unnest($3::text[], $4::text[], $5::text[], $6::bigint[]) e (id, kind, payload, at_end) WHERE a.alert_id = $1
        ON CONFLICT DO NOTHING
        """;

    public void Bind(NpgsqlBatch batch, DateTimeOffset now, bool again)
    {
        if (Admission.Alert is { } alert)
        {
            batch.Add(AdmitAlert).With(again).With(alert.Id).With(alert.Source).With(alert.DeliveryKey).With(Values.Of(alert.ReceivedAt)).With(alert.Status)
                .With(alert.Title).With((long?)alert.Severity).With(alert.Host).With(alert.User).With(alert.Normal.GetRawText()).With(alert.Raw)
                .With(alert.Explanation?.GetRawText());
        }

        for (var ordinal = 0; ordinal < Admission.Runs.Count; ordinal++)
        {
            var run = Admission.Runs[ordinal];
            var keys = KeysOf(run);
            batch.Add(AdmitRun).With(again).With(Admission.Alert?.Id).With(ordinal).With(ordinal == Admission.Runs.Count - 1)
                .With(run.RunId).With(run.Playbook).With(run.Title).With(run.DefinitionHash).With(run.AlertId).With(run.StartedBy).With(Values.Of(run.CreatedAt))
                .With(run.Priority).With(run.Owner).With(keys.Select(key => key.Key)).With(keys.Select(key => (long)key.Window.TotalMilliseconds).ToArray()).With(run.ConcurrencyKey).With(Busy(run.OnBusy))
                .With(RowOf(run, "failed")!.Reason).With(EventsOf(run, "failed"));
            BindErrands(batch, run.Errands, run.RunId, now);
            if (run.ErrandsIfAttached.Count > 0 && Admission.Alert is { } attached)
            {
                Bind(batch.Add(AttachedErrands).With(attached.Id).With(Values.Of(now)), run.ErrandsIfAttached).With(ordinal);
            }
        }

        BindErrands(batch, Admission.Errands, null, now);
    }

    public void Read(PgResults results)
    {
        var first = Admission.Alert is not null && results.Row() ? results.Text(0) : null;
        List<AdmittedRun> runs = [];
        foreach (var run in Admission.Runs)
        {
            if (results.Row())
            {
                runs.Add(new AdmittedRun(results.Reader.GetString(0), run.Playbook, results.Reader.GetString(1), results.Text(2), results.Reader.GetInt64(3)));
            }
        }

        Result = new AdmissionResult(first is not null, first ?? Admission.Alert?.Id, runs);
    }

    public void Follow(NpgsqlConnection connection)
    {
        if (!Result.Duplicate)
        {
            return;
        }

        using var command = new NpgsqlCommand(FirstRuns, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = Result.AlertId! } } };
        using var reader = command.ExecuteReader();
        List<AdmittedRun> runs = [];
        while (reader.Read())
        {
            runs.Add(new AdmittedRun(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        }

        Result = Result with { Runs = runs };
    }

    // Only with what they follow from: a run that came about, an alert that was no repeated delivery.
    private void BindErrands(NpgsqlBatch batch, IReadOnlyList<NewErrand> errands, string? runId, DateTimeOffset now)
    {
        if (errands.Count > 0 && (runId ?? Admission.Alert?.Id) is { } owner)
        {
            Bind(batch.Add(runId is null ? AlertErrands : RunErrands).With(owner).With(Values.Of(now)), errands);
        }
    }

    private static NpgsqlBatchCommand Bind(NpgsqlBatchCommand command, IReadOnlyList<NewErrand> errands) => command.With(errands.Select(errand => errand.Id))
        .With(errands.Select(errand => errand.Kind)).With(errands.Select(errand => errand.Payload.GetRawText())).With(errands.Select(errand => errand.AtEnd ? 1L : 0L).ToArray());

    private static List<(string Key, TimeSpan Window)> KeysOf(NewRun run)
    {
        List<(string Key, TimeSpan Window)> keys = [];
        if (run.DedupeKey is { } key)
        {
            keys.Add((key, run.DedupeWindow));
        }

        if (run.AlertKey is { } alert)
        {
            keys.Add((alert, NewRun.AlertWindow));
        }

        return keys;
    }

    private static string Busy(ConcurrencyPolicy policy) => policy switch
    {
        ConcurrencyPolicy.Queue => "queued",
        ConcurrencyPolicy.Skip => "skipped",
        _ => "failed",
    };
}
