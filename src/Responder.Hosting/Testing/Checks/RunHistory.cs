using Responder.Engine.Journal;
using Responder.Engine.Runs;

namespace Responder.Hosting.Testing.Checks;

/// <summary>A run's journal, read for what tests ask of it.</summary>
internal sealed class RunHistory
{
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);
    private readonly List<AskedGate> _gates = [];
    private readonly List<string> _paths = [];

    /// <summary>From a run's journal.</summary>
    /// <param name="journal">All of it.</param>
    public RunHistory(IReadOnlyList<JournalEntry> journal)
    {
        State = Fold.All(journal);
        foreach (var entry in journal)
        {
            Take(entry.Event);
        }
    }

    /// <summary>How the run stands.</summary>
    public RunState State { get; }

    /// <summary>The paths of its steps, in the order in which they began or were skipped.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>Every gate, in the order asked.</summary>
    public IReadOnlyList<AskedGate> Gates => _gates;

    /// <summary>True where the step's action was called, its list entered, its question put.</summary>
    /// <param name="path">The step's path.</param>
    public bool Ran(string path) => State.Step(path) is { } step && step.Kind switch
    {
        "uses" => _called.Contains(path),
        "approval" => step.Gate is not null,
        _ => step.Status != Engine.StepStatus.Skipped,
    };

    private void Take(RunEvent happened)
    {
        switch (happened)
        {
            case StepStarted started:
                _paths.Add(started.Path);
                break;
            case StepSkipped skipped:
                _paths.Add(skipped.Path);
                break;
            case IntentRecorded intent:
                _called.Add(intent.Path);
                break;
            case ReadStarted read:
                _called.Add(read.Path);
                break;
            case GateAsked asked:
                _gates.Add(new AskedGate(asked.Path, asked.Gate.Id, asked.Gate.Roles, asked.Gate.AskedByPolicy));
                break;
            case GateEscalated escalated:
                Change(escalated.GateId, gate => gate with { Roles = escalated.Roles, Escalated = true });
                break;
            case GateAnswered answered:
                Change(answered.GateId, gate => gate with { Answers = [.. gate.Answers, (answered.Choice, answered.By)] });
                break;
            case GateClosed closed:
                Change(closed.GateId, gate => gate with { Choice = closed.Choice, How = closed.How });
                break;
        }
    }

    private void Change(string id, Func<AskedGate, AskedGate> change)
    {
        var at = _gates.FindLastIndex(gate => gate.Id == id);
        _gates[at] = change(_gates[at]);
    }
}

/// <summary>A gate that was asked, and what came of it.</summary>
/// <param name="Path">The step.</param>
/// <param name="Id">The approval's id.</param>
/// <param name="Roles">Who was asked last.</param>
/// <param name="Policy">True where policy asked.</param>
internal sealed record AskedGate(string Path, string Id, IReadOnlyList<string> Roles, bool Policy)
{
    public bool Escalated { get; init; }

    public IReadOnlyList<(string Choice, string By)> Answers { get; init; } = [];

    /// <summary>What was decided; null where it is still open.</summary>
    public string? Choice { get; init; }

    /// <summary>How: <c>answered</c>, <c>deadline</c>, <c>cancelled</c>.</summary>
    public string? How { get; init; }

    /// <summary>Who decided; null where nobody did.</summary>
    public string? By => How == "answered" ? Answers.LastOrDefault(answer => answer.Choice == Choice).By : null;
}
