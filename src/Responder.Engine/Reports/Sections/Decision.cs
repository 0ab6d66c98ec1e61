using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>What people were asked, and what came of it.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Title">What was asked.</param>
/// <param name="Choice">What was decided; null while it waits.</param>
/// <param name="How"><c>answered</c>, <c>automatic</c> (an option of the command line, no person), <c>deadline</c> (nobody answered in time), <c>stale</c>, <c>cancelled</c>, <c>waiting</c>.</param>
/// <param name="People">Who answered what.</param>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="AskedByPolicy">True where policy asked.</param>
/// <param name="Escalated">True where a first deadline passed and others were asked.</param>
/// <param name="By">Who decided, for people: never empty.</param>
public sealed record Decision(
    string Step, string Title, string? Choice, string How, IReadOnlyList<DecisionAnswer> People, DateTimeOffset AskedAt, DateTimeOffset? DecidedAt,
    bool AskedByPolicy, bool Escalated, string By)
{
    internal static Decision From(StepTrace step, GateTrace gate)
    {
        var people = gate.Answers.Select(pair => new DecisionAnswer(pair.Answer.By, pair.Answer.Choice, pair.At, pair.Answer.Comment, pair.Answer.Via)).ToList();
        var how = gate.Closed?.How switch
        {
            null => "waiting",
            "answered" when people.Count > 0 && people.All(person => person.IsAutomatic) => "automatic",
            var said => said,
        };
        return new Decision(
            step.Label, gate.Request.Title, gate.Closed?.Choice, how, people, gate.AskedAt, gate.ClosedAt, gate.Request.AskedByPolicy, gate.Escalated,
            Deciders(gate, people, how));
    }

    /// <summary><c>Isolate ENG-WS-045? “approve” by mlee</c>.</summary>
    /// <param name="subject">What was asked.</param>
    internal string Said(string subject) =>
        $"{subject}{(subject.EndsWith('?') ? "" : ":")} {(Choice is null ? By : How == "answered" ? $"“{Choice}” by {By}" : $"“{Choice}” – {By}")}";

    /// <summary>The decision that let a step act, or kept it from acting; null where there was none.</summary>
    internal static Decision? Of(StepTrace step)
    {
        var gate = step.Gates.LastOrDefault(gate => gate.Closed is { How: not "stale" }) ?? step.Gates.LastOrDefault();
        return gate is null ? null : From(step, gate);
    }

    internal static string Askers(GateTrace gate)
    {
        var who = gate.Roles.Count == 0 ? "an approver" : $"a person with the role {string.Join(" or ", gate.Roles)}";
        return gate.Request.Count > 1 ? $"{gate.Request.Count} approvals by {who}" : who;
    }

    private static string Deciders(GateTrace gate, List<DecisionAnswer> people, string how)
    {
        var forIt = people.Where(person => person.Choice == gate.Closed?.Choice).Select(person => person.By).Distinct().ToList();
        return how switch
        {
            "waiting" => "not decided yet",
            "automatic" => $"no person ({people[0].Via})",
            "deadline" => "no person (the deadline passed)",
            "stale" => "asked anew: the inputs or the time had moved on",
            "cancelled" => "no person (the run was ended)",
            _ => forIt.Count > 0 ? string.Join(", ", forIt) : "not recorded",
        };
    }
}

/// <summary>One answer.</summary>
/// <param name="By">Who.</param>
/// <param name="Choice">What.</param>
/// <param name="At">When.</param>
/// <param name="Comment">Their words.</param>
/// <param name="Via">How it reached us: <c>web</c>, <c>api</c>, <c>terminal</c>, <c>--approve all</c>.</param>
public sealed record DecisionAnswer(string By, string Choice, DateTimeOffset At, string? Comment, string Via)
{
    internal bool IsAutomatic => Via.StartsWith("--", StringComparison.Ordinal);
}
