using Responder.Engine.Journal;
using Responder.Playbooks;
using Responder.Playbooks.Language;

namespace Responder.Engine.Runs;

/// <summary>
/// A live run's state and its pending batch. Events are folded as they are added, except an intent, which is folded only when it is committed.
/// </summary>
internal sealed class RunJournalWriter(RunServices services, string runId, Plan plan, RunMailbox mailbox, IReadOnlyList<JournalEntry> journal)
{
    private readonly List<JournalEntry> _entries = [.. journal];
    private List<StoredEvent> _pending = [];
    private List<RowChange> _changes = [];
    private RunRow? _sentRow;
    private long _sent = journal.Count == 0 ? 0 : journal[^1].Seq;
    private Task<AppendResult> _last = Task.FromResult(AppendResult.Committed);

    public RunState State { get; private set; } = Fold.All(journal);

    public IReadOnlyList<JournalEntry> Entries => _entries;

    public bool HasPending => _pending.Count > 0;

    /// <summary>When what is pending must go to the writer at the latest.</summary>
    public DateTimeOffset? FlushBy { get; private set; }

    /// <summary>Adds and folds an event.</summary>
    public void Add(RunEvent happened, DateTimeOffset now)
    {
        var entry = new JournalEntry(State.Seq + 1, now, happened);
        State = Fold.Apply(State, entry);
        _entries.Add(entry);
        _pending.Add(JournalCodec.Write(entry));
        _changes.AddRange(ReadModels.Of(happened, State, runId, now, services.Connections.Catalog));
        Warn(happened, now);
    }

    /// <summary>Sees to it that what is pending goes to the writer soon.</summary>
    public void FlushWithin(TimeSpan time, DateTimeOffset now)
    {
        if (FlushBy is null || now + time < FlushBy)
        {
            FlushBy = now + time;
        }
    }

    /// <summary>Hands what is pending to the journal; the returned task completes when it is on disk.</summary>
    public Task<AppendResult> FlushAsync(RunRow row)
    {
        if (_pending.Count == 0 && row == _sentRow)
        {
            return _last;
        }

        var batch = Batch(row, _pending, _changes, null);
        _sent += _pending.Count;
        _pending = [];
        _changes = [];
        FlushBy = null;
        _sentRow = row;
        return _last = services.Journal.AppendAsync(batch);
    }

    /// <summary>Commits an intent with what is pending; folds it where it was committed, and leaves everything as it was where not.</summary>
    public async Task<AppendResult> CommitIntentAsync(IntentRecorded intent, IntentGuard guard, RunRow row, DateTimeOffset now)
    {
        var entry = new JournalEntry(State.Seq + 1, now, intent);
        var after = Fold.Apply(State, entry);
        var batch = Batch(row, [.. _pending, JournalCodec.Write(entry)], [.. _changes, .. ReadModels.Of(intent, after, runId, now, services.Connections.Catalog)], guard);
        var result = await services.Journal.AppendAsync(batch);
        if (result.Status == AppendStatus.Committed)
        {
            State = after;
            _entries.Add(entry);
            _sent += batch.Events.Count;
            _pending = [];
            _changes = [];
            FlushBy = null;
            _sentRow = row;
        }

        return result;
    }

    private JournalBatch Batch(RunRow row, IReadOnlyList<StoredEvent> events, IReadOnlyList<RowChange> changes, IntentGuard? guard) => new()
    {
        RunId = runId,
        ExpectedSeq = _sent,
        Epoch = mailbox.Epoch,
        Events = events,
        Row = row,
        Changes = changes,
        Guard = guard,
    };

    /// <summary>A failure that the playbook lets pass is kept where an analyst sees it.</summary>
    private void Warn(RunEvent happened, DateTimeOffset now)
    {
        if (happened is StepEnded { Error: { } error, Status: StepStatus.Failed or StepStatus.TimedOut or StepStatus.Rejected } ended
            && StepOf(ended.Path) is { } step && (step.OnError.For(error.Kind).Continue || step.OnError.For(error.Kind).Steps is not null))
        {
            Add(new WarningNoted(ended.Path, $"{step.Label}: {error.Message}"), now);
        }
    }

    /// <summary>The step in the plan of an instance that has begun.</summary>
    public Step? StepOf(string path)
    {
        var playbook = Paths.FrameOf(path) is { } call && StepOf(call) is CallStep step ? plan.Playbooks[step.Call] : plan.Root;
        return State.Step(path) is { } state ? PlaybookIndex.Of(playbook).ByPlace.GetValueOrDefault(state.Place) : null;
    }

    /// <summary>One of the gates that are open; null where none is.</summary>
    public GateState? FirstOpenGate
    {
        get
        {
            foreach (var path in State.Open)
            {
                if (State.Step(path)!.Gate is { IsOpen: true } gate)
                {
                    return gate;
                }
            }

            return null;
        }
    }

    /// <summary>The gates that are open.</summary>
    public IEnumerable<(StepState Step, GateState Gate)> OpenGates() =>
        State.Open.Select(path => State.Step(path)!).Where(step => step.Gate is { IsOpen: true }).Select(step => (step, step.Gate!));
}
