using Responder.Engine.Approvals;
using Responder.Engine.Journal;

namespace Responder.Engine.Reports.Trace;

/// <summary>A gate or an approval step, from the question to the decision.</summary>
internal sealed class GateTrace(GateRequest request, DateTimeOffset askedAt)
{
    public GateRequest Request { get; } = request;

    public DateTimeOffset AskedAt { get; } = askedAt;

    public List<(DateTimeOffset At, GateAnswered Answer)> Answers { get; } = [];

    public DateTimeOffset? Deadline { get; set; } = request.Deadline;

    public IReadOnlyList<string> Roles { get; set; } = request.Roles;

    public bool Escalated { get; set; }

    public GateClosed? Closed { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }
}
