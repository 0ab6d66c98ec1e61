using Responder.Engine.Runs;
using Responder.Hosting.Testing.Cases;

namespace Responder.Hosting.Testing.Simulation;

/// <summary>Gives the answers of a test, one for each time that a step asks.</summary>
/// <param name="answers">The test's answers, by the names of steps.</param>
/// <param name="names">What names mean.</param>
internal sealed class ScriptedAnswers(IReadOnlyDictionary<string, AnswerScript> answers, StepNames names)
{
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private readonly HashSet<(string Gate, bool Escalated, int Answers)> _answered = [];

    /// <summary>The next answer to a gate that is open; null where nobody answers any of them now.</summary>
    /// <param name="state">The run.</param>
    public AnswerGate? Next(RunState state)
    {
        var open = state.Open.Select(path => state.Step(path)!).Where(step => step.Gate is { IsOpen: true }).OrderBy(step => step.Gate!.AskedAt).ThenBy(step => step.Path, StringComparer.Ordinal);
        foreach (var step in open)
        {
            var gate = step.Gate!;

            // An escalation, a second approver and a gate asked anew are each another time.
            if (_answered.Add((gate.Request.Id, gate.Escalated, gate.Answers.Length)) && Take(step.Path) is ({ Word: { } choice } answer, var time))
            {
                var role = answer.Role ?? gate.Roles[0];
                return new AnswerGate(
                    gate.Request.Id, answer.By ?? $"{role} {time + 1}", [role], choice, answer.Fields, answer.Comment, gate.Request.Hash, "test");
            }
        }

        return null;
    }

    /// <summary>The answer to a question; null where the test says nothing of it.</summary>
    /// <param name="path">The step that asks.</param>
    public ScriptedAnswer? ToQuestion(string path) => Take(path)?.Answer;

    private (ScriptedAnswer Answer, int Time)? Take(string path)
    {
        var step = names.Of(path);
        if (new[] { step.OfPass, step.Name }.FirstOrDefault(name => name is not null && answers.ContainsKey(name)) is not { } found)
        {
            return null;
        }

        var time = _used.GetValueOrDefault(found);
        _used[found] = time + 1;
        return (answers[found].At(time), time);
    }
}
