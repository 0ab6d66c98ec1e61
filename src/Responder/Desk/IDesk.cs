using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Audit;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Hosting.Containment;
using Responder.Hosting.Views;

namespace Responder.Cli.Desk;

/// <summary>What the verbs ask of runs and approvals: of the data folder itself, or of the server that has it.</summary>
internal interface IDesk : IAsyncDisposable
{
    Task<Page<RunListItem>> RunsAsync(int limit, CancellationToken cancel);

    Task<RunView?> RunAsync(string runId, CancellationToken cancel);

    /// <summary>The incident report as <c>markdown</c>, <c>html</c> or <c>json</c>.</summary>
    Task<string?> ReportAsync(string runId, string format, CancellationToken cancel);

    /// <summary>The run as a picture, SVG.</summary>
    Task<string?> GraphAsync(string runId, CancellationToken cancel);

    /// <summary>Writes the run's evidence pack; false where there is no such run.</summary>
    Task<bool> EvidenceAsync(string runId, Stream to, CancellationToken cancel);

    Task<SignalResult> CancelAsync(string runId, string? reason, CancellationToken cancel);

    Task<SignalResult> ResumeAsync(string runId, CancellationToken cancel);

    /// <summary>Whether a run's gates were answered when it was started.</summary>
    Task<AutoAnswer> AutoOfAsync(string runId, CancellationToken cancel);

    /// <summary>What happens in a run, to its end; the folder's own desk drives it as well.</summary>
    IAsyncEnumerable<RunNews> FollowAsync(string runId, CancellationToken cancel);

    /// <summary>What taking a run back would do; null where there is no such run.</summary>
    Task<UndoView?> UndoPlanAsync(string runId, CancellationToken cancel);

    /// <summary>Starts the run that takes another back; its id, or why not.</summary>
    Task<(string? RunId, string? WhyNot)> UndoAsync(UndoOrder order, CancellationToken cancel);

    /// <summary>What is isolated or disabled now.</summary>
    Task<IReadOnlyList<ContainmentView>> ContainmentAsync(CancellationToken cancel);

    /// <summary>A page of the audit.</summary>
    Task<Page<AuditRecord>> AuditAsync(AuditFilter filter, CancellationToken cancel);

    /// <summary>How the kill switch stands.</summary>
    Task<Verbs.SwitchState> KillSwitchAsync(CancellationToken cancel);

    /// <summary>Throws or lifts one.</summary>
    Task SetKillSwitchAsync(string scope, string name, bool on, string reason, CancellationToken cancel);

    Task<Page<ApprovalRow>> ApprovalsAsync(string? runId, CancellationToken cancel);

    Task<ApprovalRow?> ApprovalAsync(string id, CancellationToken cancel);

    Task<SignalResult> AnswerAsync(ApprovalRow shown, string choice, JsonElement? fields, string? comment, CancellationToken cancel);
}

/// <summary>What was committed of a run.</summary>
/// <param name="Entries">The new events; none where only its row changed.</param>
/// <param name="Status">How it stands now; null where that was not said.</param>
internal sealed record RunNews(IReadOnlyList<JournalEntry> Entries, RunStatus? Status);
