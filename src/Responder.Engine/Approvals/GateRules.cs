using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Approvals;

/// <summary>How an open gate is decided: by answers, or by its deadline.</summary>
internal static class GateRules
{
    public const string Approve = "approve";
    public const string Reject = "reject";
    public const string Escalate = "escalate";
    public const string Answered = "answered";
    public const string Deadline = "deadline";
    public const string Cancelled = "cancelled";
    public const string Stale = "stale";

    public static Walked Advance(Next next, StepState state, GateState gate, bool closing)
    {
        var request = gate.Request;
        // Who answered was told that it is taken: the decision stands, also where the run is being ended by now.
        if (Decided(gate) is { } choice)
        {
            next.Say(new GateClosed(state.Path, request.Id, choice, Answered));
            return Walked.Work;
        }

        if (closing)
        {
            next.Say(new GateClosed(state.Path, request.Id, Reject, Cancelled));
            return Walked.Work;
        }

        if (gate.Deadline is not { } deadline)
        {
            return Walked.For(Waits.People);
        }

        if (deadline > next.Now)
        {
            next.WakeAt(deadline);
            return Walked.For(Waits.People);
        }

        if (request.OnTimeout == Escalate && !gate.Escalated)
        {
            next.Say(new GateEscalated(state.Path, request.Id, request.EscalateTo, next.Now + TimeSpan.FromSeconds(request.Given ?? 0)));
        }
        else
        {
            next.Say(new GateClosed(state.Path, request.Id, request.OnTimeout == Escalate ? Reject : request.OnTimeout, Deadline));
        }

        return Walked.Work;
    }

    /// <summary>The end of a step that a person, or a deadline, rejected.</summary>
    public static StepEnded Rejected(StepState state, Approval? approval, JsonElement? outputs)
    {
        var gate = state.Gate!;
        var by = gate.How == Deadline
            ? "nobody approved it before its deadline"
            : $"{gate.Answers.LastOrDefault(answer => answer.Choice == gate.Choice)?.By ?? "an approver"} rejected it";
        var comment = gate.Answers.LastOrDefault(answer => answer.Choice == gate.Choice)?.Comment;
        var error = new StepError(
            FailureKind.Rejected, $"'{gate.Request.Title}': {by}{(string.IsNullOrWhiteSpace(comment) ? "." : $" ({comment}).")}", Step: state.Path);
        var skip = approval?.SkipOnReject == true;
        return new StepEnded(state.Path, StepStatus.Rejected, Outputs: outputs, Error: error, Stop: skip ? null : new StopSign("rejected", error.Message));
    }

    /// <summary>
    /// True where a gate that was approved stands for what is asked now: for the same thing, by no lesser people, and for every limit that is used up.
    /// </summary>
    public static bool Covers(GateRequest approved, GateRequest asked) =>
        approved.Hash == asked.Hash
        && (!asked.AskedByPolicy || (approved.AskedByPolicy && RoleRanks.Least(approved.Roles) >= RoleRanks.Least(asked.Roles) && approved.Count >= asked.Count
            && (asked.Policy?.Findings ?? []).Where(QuotaUse.IsOf).All(finding => Approves(approved, finding.Rule))));

    /// <summary>True where a gate was asked because of a rule.</summary>
    public static bool Approves(GateRequest gate, string rule) => gate.Policy?.Findings.Any(finding => finding.Rule == rule) == true;

    /// <summary>True where passing the deadline would do something rather than refuse it.</summary>
    public static bool DeadlineActs(GateState gate) => gate.Request.OnTimeout is not (Reject or Escalate);

    private static string? Decided(GateState gate)
    {
        if (gate.Answers.Any(answer => answer.Choice == Reject))
        {
            return Reject;
        }

        return gate.Answers.GroupBy(answer => answer.Choice, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Select(answer => answer.By).Distinct(StringComparer.OrdinalIgnoreCase).Count() >= gate.Request.Count)?.Key;
    }
}
