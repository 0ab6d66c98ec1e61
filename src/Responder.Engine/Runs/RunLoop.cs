using Microsoft.Extensions.Logging;
using Responder.Engine.Journal;
using Responder.Playbooks;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <summary>
/// A run's one loop: decides, carries out, appends. Branches are concurrent only in their calls; their results come back through the mailbox.
/// </summary>
internal sealed partial class RunLoop : IDisposable
{
    private readonly RunServices _services;
    private readonly string _runId;
    private readonly Plan _plan;
    private readonly RunMailbox _mailbox = new();
    private readonly RunJournalWriter _journal;
    private readonly Dictionary<string, CancellationTokenSource> _calls = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lookedFor = new(StringComparer.Ordinal);
    private readonly ITimer _timer;
    private readonly bool _queued;
    private volatile bool _stopping;
    private Decision _decision = new([], Waits.Work, null);

    public RunLoop(RunServices services, StoredRun stored, IReadOnlyList<JournalEntry> journal, Plan plan)
    {
        _services = services;
        _runId = stored.RunId;
        _plan = plan;
        _queued = stored.Row.Status == RunStatus.Queued;
        _mailbox.Epoch = stored.Epoch;
        _journal = new RunJournalWriter(services, stored.RunId, plan, _mailbox, journal);
        _timer = services.Time.CreateTimer(static state => ((RunMailbox)state!).Post(new Tick()), _mailbox, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The state as folded so far, what is not committed included.</summary>
    public RunState State => _journal.State;

    /// <summary>False where the loop is over and takes no more.</summary>
    public bool Post(Message message) => _mailbox.Post(message);

    /// <summary>Drives the run until it ends, is put away because it only waits, or is taken by another owner.</summary>
    /// <returns>Runs that got this run's concurrency slot and must be woken.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        try
        {
            TakeUp();
            if (_queued && !await CancelledWhileQueuedAsync())
            {
                return [];
            }

            while (true)
            {
                if (_stopping && !_calls.Keys.Any(path => State.Step(path)?.Effect is not (null or Effect.Read)))
                {
                    Check(await _journal.FlushAsync(Row()));
                    return [];
                }

                Drive();
                if (State.Ended is not null)
                {
                    _mailbox.Close();
                    return Check(await _journal.FlushAsync(Row())).Started ?? [];
                }

                if (await SettleAsync())
                {
                    return [];
                }
            }
        }
        finally
        {
            _mailbox.Close();
            _mailbox.IsOver = true;
            foreach (var call in _calls.Values)
            {
                call.Cancel();
            }

            while (_mailbox.Reader.TryRead(out var left))
            {
                Refuse(left);
            }
        }
    }

    /// <summary>Takes no new step; ends when the calls that are at work have come back.</summary>
    public void Stop()
    {
        _stopping = true;
        _mailbox.Post(new Tick());
    }

    public void Dispose() => _timer.Dispose();

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    /// <summary>A run that has no concurrency slot yet can only be cancelled.</summary>
    private async Task<bool> CancelledWhileQueuedAsync()
    {
        while (_mailbox.Reader.TryRead(out var message))
        {
            if (message is Signalled { Signal: CancelRun cancel } signalled)
            {
                Say(new CancelRequested(cancel.By, cancel.Reason));
                Drive();
                Check(await _journal.FlushAsync(Row()));
                signalled.Answer.TrySetResult(SignalResult.Taken);
                return true;
            }

            (message as Signalled)?.Answer.TrySetResult(new SignalResult(SignalStatus.Conflict, "The run waits for its concurrency slot; it can only be cancelled."));
        }

        return false;
    }

    /// <summary>After a restart: a call whose answer nobody waits for any more has an unknown end.</summary>
    private void TakeUp()
    {
        var now = Now;
        foreach (var path in State.Open)
        {
            if (State.Step(path) is { AttemptOpen: true, Effect: not Effect.Read } step)
            {
                _journal.Add(new AttemptFailed(path, step.Attempts, new StepError(
                    FailureKind.Unknown, "The process that made the call ended before the answer came.")), now);
            }
        }
    }

    /// <summary>A deadline that nobody could meet, and that would act, is moved.</summary>
    private void MoveMissedDeadlines(DateTimeOffset now)
    {
        if (_journal.FirstOpenGate is null)
        {
            return;
        }

        foreach (var (step, gate) in _journal.OpenGates().ToList())
        {
            if (gate.Deadline < now && Approvals.GateRules.DeadlineActs(gate) && gate.Deadline < _services.Clock.Look())
            {
                _journal.Add(new GateExtended(
                    step.Path, gate.Request.Id, now + _services.Limits.MissedDeadlineGrace, "The deadline passed while Responder was not running; it does not act at once."), now);
            }
        }
    }

    /// <summary>Carries out what is decided until nothing more follows from the state alone.</summary>
    private void Drive()
    {
        for (var round = 0; ; round++)
        {
            if (round > 100_000)
            {
                throw new InvalidOperationException("The run's decisions do not come to rest.");
            }

            // What is decided by a moment is decided by one at which the clock was looked at: it may have jumped while something was committed.
            var (before, now) = (State.Seq, Now);
            MoveMissedDeadlines(now);
            _decision = Next.Decide(_plan, State, now);
            foreach (var command in _decision.Commands)
            {
                CarryOut(command);
            }

            if (State.Seq == before || State.Ended is not null)
            {
                // What finally and on_failure do is let act: the mailbox tells by the step's path.
                _mailbox.Closing = State.Cancel is not null || State.RejectedAt is not null || State.TimeRanOut ? State : null;
                return;
            }
        }
    }

    /// <summary>Commits what must be and waits for the next message. True where the loop may be put away.</summary>
    private async Task<bool> SettleAsync()
    {
        var row = Row();
        if (!row.Owned || _journal.FlushBy <= Now)
        {
            var flushed = _journal.FlushAsync(row);
            if (!row.Owned || flushed.IsCompleted)
            {
                Check(await flushed);
            }
        }

        var now = Now;
        var wake = _decision.Wake;
        var due = _journal.FlushBy is { } flush && (wake is null || flush < wake) ? flush : wake;
        var idle = row.Owned ? (DateTimeOffset?)null : now + _services.Limits.Idle;
        if (idle is not null && (due is null || idle < due))
        {
            due = idle;
        }

        _timer.Change(due is { } time ? (time > now ? time - now : TimeSpan.Zero) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var quiet = true;
        if (!_mailbox.Reader.TryRead(out var message))
        {
            await _mailbox.Reader.WaitToReadAsync();
            _mailbox.Reader.TryRead(out message);
        }

        do
        {
            quiet &= message is Tick;
            await HandleAsync(message!);
        }
        while (State.Ended is null && _mailbox.Reader.TryRead(out message));

        return quiet && idle is { } end && Now >= end && (_decision.Wake is null || _decision.Wake > Now) && !_journal.HasPending && _calls.Count == 0;
    }

    private RunRow Row()
    {
        var status = Status();
        var waits = status is RunStatus.Waiting or RunStatus.InDoubt;
        return new RunRow(
            status,
            State.Ended?.Outcome,
            State.Ended?.Reason ?? State.Doubt ?? WaitReason(),
            status.IsEnd() || status == RunStatus.InDoubt ? null : waits ? _decision.Wake : null,
            State.StartedAt,
            State.EndedAt,
            Owned: !waits && !status.IsEnd());
    }

    private RunStatus Status()
    {
        if (State.Ended is { } ended)
        {
            return ended.Status;
        }

        if (_calls.Count > 0 || (_decision.Waits & (Waits.Work | Waits.Backoff)) != 0)
        {
            return RunStatus.Running;
        }

        return (_decision.Waits & (Waits.People | Waits.Event | Waits.Connection)) != 0 ? RunStatus.Waiting
            : (_decision.Waits & Waits.Doubt) != 0 ? RunStatus.InDoubt
            : RunStatus.Running;
    }

    private string? WaitReason()
    {
        if (State.Held)
        {
            return "held by the kill switch; when it is lifted: responder runs resume";
        }

        if (_journal.FirstOpenGate is { } gate)
        {
            return $"approval: {gate.Request.Title}";
        }

        // Asked before every commit: no garbage where nothing waits.
        string? waits = null;
        string? silent = null;
        foreach (var path in State.Open)
        {
            var step = State.Step(path)!;
            if (step.Status == StepStatus.InDoubt)
            {
                return $"in doubt: {step.Id ?? step.Path}";
            }

            if (step.Circuit is { } circuit)
            {
                silent ??= circuit.Words();
            }
            else if (waits is null && (step.Awaits is not null || step.Due is not null))
            {
                waits = $"waits at {step.Id ?? step.Path}";
            }
        }

        return silent ?? waits;
    }

    private AppendResult Check(AppendResult result) => result.Status switch
    {
        AppendStatus.Committed => result,
        AppendStatus.Fenced => throw new FencedException(_runId),
        _ => throw new InvalidOperationException($"The journal refused a batch of run {_runId}: {result.Status}: {result.Reason}"),
    };

    [LoggerMessage(1201, LogLevel.Warning, "Run {RunId} step {Path} attempt {Attempt}: {Kind}: {Reason}")]
    private static partial void AttemptEndedBadly(ILogger log, string runId, string path, int attempt, FailureKind kind, string reason);
}

/// <summary>Another owner has the run: this one's state is thrown away.</summary>
/// <param name="runId">The run.</param>
internal sealed class FencedException(string runId) : Exception($"Run {runId} has another owner now.");
