using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Simulation.Promises;
using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.People;

/// <summary>Answer gates: in time, late, two at once, or not at all.</summary>
internal sealed class Approvers(World world, Crowd crowd, Dice dice)
{
    /// <summary>Answers that were told to be taken: gate, by whom, what.</summary>
    public List<(string Gate, string By, string Choice)> Taken { get; } = [];

    public void Start() => world.Record.Committed += (run, entries) =>
    {
        foreach (var entry in entries)
        {
            switch (entry.Event)
            {
                case GateAsked asked:
                    Decide(run, asked.Path, asked.Gate, asked.Gate.Roles);
                    break;
                case GateEscalated escalated:
                    Decide(run, escalated.Path, run.State.Step(escalated.Path)!.Gate!.Request, escalated.Roles);
                    break;
            }
        }
    };

    private void Decide(RunRecord run, string path, GateRequest gate, IReadOnlyList<string> roles)
    {
        if (dice.Percent(20))
        {
            return;
        }

        var after = dice.Percent(85) ? dice.Seconds(1, 240) : TimeSpan.FromMinutes(dice.Between(20, 130));
        for (var person = 1; person <= gate.Count; person++)
        {
            Answer(run, path, gate, roles, $"{roles[0]} {person}", after + dice.Seconds(0, 30));
        }

        if (dice.Percent(25))
        {
            Answer(run, path, gate, roles, $"{roles[0]} other", after);
        }
    }

    private void Answer(RunRecord run, string path, GateRequest gate, IReadOnlyList<string> roles, string by, TimeSpan after)
    {
        var choice = dice.Percent(80) ? gate.Choices[0] : dice.Of(gate.Choices);
        crowd.Insist(after, () => IsOpen(run, path, gate, by), () => crowd.Tell(
            run.RunId,
            new AnswerGate(gate.Id, by, [roles[0]], choice, null, null, gate.Hash, "api"),
            result =>
            {
                if (result.Status == SignalStatus.Taken)
                {
                    Taken.Add((gate.Id, by, choice));
                    if (!run.Entries.Exists(entry => entry.Event is GateAnswered one && one.GateId == gate.Id && one.By == by))
                    {
                        world.Violate(10, $"run {run.RunId}: {by} was told that the answer at {gate.Id} is taken, and it is not in the journal.");
                    }
                }
            }));
    }

    private static bool IsOpen(RunRecord run, string path, GateRequest gate, string by) =>
        run.State.Ended is null && run.State.Step(path)?.Gate is { IsOpen: true } open && open.Request.Id == gate.Id && open.Answers.All(answer => answer.By != by);
}
