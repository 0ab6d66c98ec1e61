using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Hosting.Testing.Cases;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Estate;

namespace Responder.Hosting.Testing.Simulation;

/// <summary>Drives one run in simulated time: answers as the test says, lets happen what it wants, and where nothing is left to do goes to the next thing that is due.</summary>
internal sealed class CaseDriver
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    private readonly CaseWorld _world;
    private readonly Pump _pump;
    private readonly CallWatch _watch;
    private readonly StepNames _names;
    private readonly ScriptedAnswers _desk;
    private readonly List<Happening> _moments;
    private readonly List<(DateTimeOffset At, Happening What)> _times;
    private readonly Queue<(Question Question, ScriptedAnswer Answer)> _replies = new();
    private readonly Dictionary<string, bool> _questions = new(StringComparer.Ordinal);
    private readonly List<JournalEntry> _journal = [];
    private readonly List<string> _notes = [];
    private readonly CancellationToken _cancel;
    private readonly List<string> _problems = [];
    private RunState _state = new();

    public CaseDriver(CaseWorld world, PlaybookTest test, StepNames names, CallWatch watch, Pump pump, CancellationToken cancel)
    {
        (_world, _pump, _watch, _names, _cancel) = (world, pump, watch, names, cancel);
        _desk = new ScriptedAnswers(test.Answers, names);
        _moments = [.. test.Happens.Where(one => one.At is null)];
        var start = world.Time.GetUtcNow();
        _times = [.. test.Happens.Where(one => one.At is not null).Select(one => (start + (Durations.TryParse(one.At, out var after) ? after : TimeSpan.Zero), one)).OrderBy(one => one.Item1)];
        watch.Beginning = path => Meanwhile(one => one.Before is { } name && names.Fits(name, path));
        watch.CameBack = path => Meanwhile(one => one.After is { } name && names.Fits(name, path));
        watch.Asked = Asked;
    }

    /// <summary>The run's id, once it is there.</summary>
    public string RunId { get; private set; } = string.Empty;

    /// <summary>What helps to see why a test failed: answers that were not taken, a run that did not end.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What is wrong with the test itself: an answer to a question that can't be given, a change that can't happen.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Runs it to its end, or to where nothing will ever happen any more.</summary>
    /// <param name="plan">The playbook.</param>
    /// <param name="start">How it starts.</param>
    /// <returns>Its journal.</returns>
    public IReadOnlyList<JournalEntry> Run(Plan plan, CaseStart start)
    {
        var request = new StartRequest(plan, start.Start!, start.Alert?.ToJson(), start.ByHand ? "user:a tester" : "alert", Dedupe: !start.ByHand);
        var admitted = _pump.Await(_world.Node.Starter.StartAsync(start.Row, [request], drive: false, _cancel), _cancel);
        RunId = admitted.Runs[0].RunId;
        _ = _world.Node.Host.WakeAsync(RunId);
        var last = _world.Time.GetUtcNow() + Longest;
        while (true)
        {
            _cancel.ThrowIfCancellationRequested();
            _pump.Drain(_cancel);
            var row = Look();
            if (_state.Ended is not null)
            {
                break;
            }

            if (React())
            {
                continue;
            }

            if (Next(row) is not { } next || next > last)
            {
                _notes.Add($"The run did not end; it is {Json.Word(row.Status)}: {row.Reason ?? "nothing is due any more"}");
                break;
            }

            _world.Time.MoveTo(next);
            _pump.Drain(_cancel);
            HappenOnTime();
            _pump.Await(_world.Node.Sweeper.OnceAsync(_cancel), _cancel);
        }

        return _journal;
    }

    /// <summary>Reads what was committed since the last look.</summary>
    private RunRow Look()
    {
        var stored = _pump.Await(_world.Node.Store.Journal.ReadAsync(RunId, _state.Seq, _cancel), _cancel)!;
        foreach (var entry in stored.Events.Select(JournalCodec.Read))
        {
            _journal.Add(entry);
            _state = Fold.Apply(_state, entry);
            if (entry.Event is StepEnded or StepSkipped && Path(entry.Event) is { } path)
            {
                Meanwhile(one => one.After is { } name && _names.Fits(name, path));
            }
        }

        return stored.Row;
    }

    private static string? Path(RunEvent happened) => happened switch { StepEnded ended => ended.Path, StepSkipped skipped => skipped.Path, _ => null };

    /// <summary>Answers what waits for an answer; false where nothing does.</summary>
    private bool React()
    {
        if (_replies.TryDequeue(out var reply))
        {
            var (question, answer) = reply;
            var payload = System.Text.Json.JsonSerializer.SerializeToElement(
                new Answered(answer.Word, answer.By ?? question.To, _world.Time.GetUtcNow(), answer.Comment, Unverified: true), Json.Options);
            Deliver(question.Key, payload);
            return true;
        }

        if (_desk.Next(_state) is not { } choice)
        {
            return false;
        }

        var result = _pump.Await(_world.Node.Host.SignalAsync(RunId, choice), _cancel);
        if (result.Status != SignalStatus.Taken)
        {
            _notes.Add($"'{choice.Choice}' by {choice.By} ({string.Join(", ", choice.Roles)}) was not taken: {result.Message}");
        }

        return true;
    }

    private bool Asked(Question question)
    {
        if (_questions.TryGetValue(question.Key, out var ours))
        {
            return ours;
        }

        if (_desk.ToQuestion(question.Path) is not { } answer)
        {
            return _questions[question.Key] = false;
        }

        if (answer.Word is { } word && question.Choices.Contains(word))
        {
            _replies.Enqueue((question, answer));
        }
        else if (answer.Word is not null)
        {
            _problems.Add($"answers: '{answer.Word}' is no answer to {_names.Of(question.Path).Name ?? question.Path}; there are {string.Join(", ", question.Choices)}.");
        }

        return _questions[question.Key] = true;
    }

    private DateTimeOffset? Next(RunRow row)
    {
        // A live run has timers of its own; one that was put away is found by the time in its row.
        var due = _world.Node.Host.IsLive(RunId) ? null : row.DueAt;
        return new[] { _world.Time.Next, due, _times.Count > 0 ? _times[0].At : null }.Min();
    }

    private void HappenOnTime()
    {
        while (_times.Count > 0 && _times[0].At <= _world.Time.GetUtcNow())
        {
            var what = _times[0].What;
            _times.RemoveAt(0);
            Happen(what);
        }
    }

    private void Meanwhile(Predicate<Happening> now)
    {
        foreach (var one in _moments.FindAll(now))
        {
            _moments.Remove(one);
            Happen(one);
        }
    }

    private void Happen(Happening what)
    {
        if (what.Event is { } named)
        {
            Deliver(named.Name, named.Payload);
            return;
        }

        try
        {
            _world.Estate.Happen(what.Do!.Value);
        }
        catch (EstateException exception)
        {
            _problems.Add($"happens: {exception.Message}");
        }
    }

    private void Deliver(string name, System.Text.Json.JsonElement payload)
    {
        var put = _world.Node.Store.Inbox.PutAsync(new InboxEvent(_world.Node.Ids.New(), name, _world.Time.GetUtcNow(), payload), CancellationToken.None);
        foreach (var runId in put.IsCompletedSuccessfully ? put.Result : throw new InvalidOperationException("The simulated store is not done at once."))
        {
            _ = _world.Node.Host.WakeAsync(runId);
        }
    }
}
