using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>A question to a person, and the answer.</summary>
/// <param name="Asked">Who was asked.</param>
/// <param name="Channel"><c>chat</c> or <c>mail</c>.</param>
/// <param name="Question">What.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Answer">The answer; null where there is none.</param>
/// <param name="AnsweredAt">When it came.</param>
/// <param name="Comment">What they wrote besides.</param>
/// <param name="Unverified">True where only the link vouches for who answered: the account asked may be the stolen one.</param>
/// <param name="State"><c>answered</c>, <c>no_reply</c> (what the run then took as the answer is in <paramref name="Taken"/>), <c>waiting</c>, <c>failed</c>.</param>
/// <param name="Taken">What the run took as the answer when none came.</param>
public sealed record Interview(
    string Asked, string Channel, string? Question, DateTimeOffset? AskedAt, string? Answer, DateTimeOffset? AnsweredAt, string? Comment, bool Unverified, string State,
    string? Taken)
{
    private const int Most = 20;

    internal static IReadOnlyList<Interview> All(RunFacts facts) =>
        [.. facts.Trace.Actions.Where(step => step.Is("chat.ask", "mail.ask") && !step.Skipped).Take(Most).Select(Of)];

    internal static Interview Of(StepTrace step)
    {
        var result = step.Out;
        var answer = result["answer"].Text;
        // A value that on_timeout supplied came by no reply and has no time: nobody answered.
        var came = result["at"].Time ?? step.RepliedAt;
        var state = step.Open ? "waiting" : answer is not null && came is not null ? "answered" : step.Succeeded || step.End?.Status == StepStatus.TimedOut ? "no_reply" : "failed";
        return new Interview(
            step.In["to"].Text ?? "the user",
            step.Action == "mail.ask" ? "mail" : "chat",
            step.In["question"].Template,
            step.FirstIntentAt ?? step.StartedAt,
            state == "answered" ? answer : null,
            came,
            result["comment"].Text,
            result["unverified"].Truth ?? true,
            state,
            state == "no_reply" ? answer : null);
    }
}
