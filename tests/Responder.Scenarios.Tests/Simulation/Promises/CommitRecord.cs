using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>All that was committed, in the order of the commits, told to those who judge it.</summary>
internal sealed class CommitRecord
{
    private readonly Dictionary<string, RunRecord> _runs = new(StringComparer.Ordinal);
    private readonly List<KillSwitchRow> _switches = [];

    /// <summary>Every run, in the order of admission.</summary>
    public List<RunRecord> Runs { get; } = [];

    /// <summary>Alerts that were answered with "accepted", with the runs that were promised.</summary>
    public List<(string Delivery, AdmissionResult Result)> Accepted { get; } = [];

    /// <summary>The switches that are thrown.</summary>
    public IReadOnlyList<KillSwitchRow> Switches => _switches;

    /// <summary>After a batch: the run, and what was added to it.</summary>
    public event Action<RunRecord, IReadOnlyList<JournalEntry>>? Committed;

    /// <summary>A run's definition, before its first event is told.</summary>
    public event Action<string, string>? MadeOf;

    public RunRecord? Run(string runId) => _runs.GetValueOrDefault(runId);

    public void Admitted(Admission admission, AdmissionResult result)
    {
        if (result.Duplicate)
        {
            return;
        }

        foreach (var (asked, admitted) in admission.Runs.Zip(result.Runs))
        {
            if (admitted.Status is not ("started" or "queued" or "failed"))
            {
                continue;
            }

            MadeOf?.Invoke(asked.DefinitionHash, asked.Playbook);
            var run = new RunRecord(asked.RunId) { Epoch = admitted.Epoch, Taker = admitted.Epoch > 0 ? asked.Owner : null };
            _runs.Add(asked.RunId, run);
            Runs.Add(run);
            var entries = new List<JournalEntry> { JournalCodec.Read(asked.Created) };
            if (admitted.Status == "failed")
            {
                entries.Add(JournalCodec.Read(asked.FailedAtOnce!.Value));
            }

            Add(run, entries);
        }
    }

    public void Taken(string runId, string owner, long epoch)
    {
        if (_runs.TryGetValue(runId, out var run))
        {
            (run.Epoch, run.Taker) = (epoch, owner);
        }
    }

    public void Appended(JournalBatch batch)
    {
        if (!_runs.TryGetValue(batch.RunId, out var run))
        {
            // Somebody else put it into the store.
            return;
        }

        run.Row = batch.Row;
        Add(run, [.. batch.Events.Select(JournalCodec.Read)]);
    }

    public void Switched(KillSwitchRow row, bool on)
    {
        _switches.RemoveAll(one => one.Scope == row.Scope && one.Name == row.Name);
        if (on)
        {
            _switches.Add(row);
        }
    }

    public bool IsSwitchedOff(string connector, string playbook) =>
        _switches.Any(one => one.Scope == "all" || (one.Scope == "connector" && one.Name == connector) || (one.Scope == "playbook" && one.Name == playbook));

    private void Add(RunRecord run, IReadOnlyList<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            run.Add(entry);
        }

        run.Ends.Add(run.State.Seq);
        Committed?.Invoke(run, entries);
    }
}
