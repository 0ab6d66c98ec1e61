using Responder.Engine.Journal;
using Responder.Playbooks.Language;

namespace Responder.Storage.Sqlite;

/// <summary>An alert with the runs that it starts, in one transaction.</summary>
internal sealed class AdmitOp(Admission admission) : AdmitWork(admission), ISqliteWork
{
    private static readonly Sql RunExists = new("SELECT 1 FROM runs WHERE run_id = ?1");
    private static readonly Sql RunEnded = new("SELECT 1 FROM runs WHERE run_id = ?1 AND ended_at IS NOT NULL");

    public bool? IsIn(Db db) => (Admission.Alert, Result) switch
    {
        (_, { Duplicate: true }) => null,
        ({ } alert, _) => AlertRows.Exists(db, alert.Id),
        _ when Result.Runs.FirstOrDefault(run => run.Status is not ("attached" or "skipped")) is { } written => Exists(db, written.RunId),
        _ => null,
    };

    public void Apply(Db db, DateTimeOffset now) => Result = Admit(db, now);

    private AdmissionResult Admit(Db db, DateTimeOffset now)
    {
        if (Admission.Alert?.DeliveryKey is { } key && AlertRows.FindDelivery(db, key) is { } first)
        {
            return new AdmissionResult(true, first, AlertRows.ReadRuns(db, first));
        }

        var runs = Admission.Runs.Select(run => Admit(db, run, now)).ToList();
        if (Admission.Alert is { } alert)
        {
            AlertRows.Insert(db, alert, runs);
            ErrandRows.Insert(db, Admission.Errands, null, now, ended: false);
        }

        return new AdmissionResult(false, Admission.Alert?.Id, runs);
    }

    private static AdmittedRun Admit(Db db, NewRun run, DateTimeOffset now)
    {
        if (Dedupe.RunThatIsThere(db, run) is { } there)
        {
            if (run.ErrandsIfAttached.Count > 0)
            {
                ErrandRows.Insert(db, [.. run.ErrandsIfAttached.Select(errand => errand with { Id = errand.Id.Replace("*", there, StringComparison.Ordinal) })], there, now, HasEnded(db, there));
            }

            return new AdmittedRun(there, run.Playbook, "attached");
        }

        var holder = run.ConcurrencyKey is { } key ? Slots.Holder(db, key) : null;
        var status = holder is null ? "started" : run.OnBusy switch
        {
            ConcurrencyPolicy.Queue => "queued",
            ConcurrencyPolicy.Skip => "skipped",
            _ => "failed",
        };
        if (status == "skipped")
        {
            return new AdmittedRun(run.RunId, run.Playbook, status, holder);
        }

        var epoch = NewRuns.Insert(db, run, status);
        if (status == "started" && run.ConcurrencyKey is { } free)
        {
            Slots.Take(db, free, run.RunId);
        }

        Dedupe.Note(db, run);
        ErrandRows.Insert(db, run.Errands, run.RunId, now, ended: status == "failed");
        return new AdmittedRun(run.RunId, run.Playbook, status, holder, epoch);
    }

    private static bool HasEnded(Db db, string runId)
    {
        using var query = db.Use(RunEnded).With(runId);
        return query.Step();
    }

    private static bool Exists(Db db, string runId)
    {
        using var query = db.Use(RunExists).With(runId);
        return query.Step();
    }
}
