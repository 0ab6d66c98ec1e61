using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <summary>How each step of a run's own playbook stands, by its place in the file.</summary>
public static class StatusByPlace
{
    // A step in a loop has an instance a pass: what is told is the one that somebody should look at first.
    private static readonly StepStatus[] FirstToSee =
    [
        StepStatus.InDoubt, StepStatus.WaitingApproval, StepStatus.Running, StepStatus.Failed, StepStatus.TimedOut, StepStatus.Rejected, StepStatus.Undone,
        StepStatus.Succeeded, StepStatus.Skipped, StepStatus.Pending,
    ];

    /// <summary>Place to status, as its word: <c>waiting_approval</c>.</summary>
    /// <param name="steps">All steps of the run; those of called playbooks are left out, as are places that the run did not come to.</param>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<StepState> steps) => steps
        .Where(step => Paths.FrameOf(step.Path) is null)
        .GroupBy(step => step.Place, StringComparer.Ordinal)
        .ToDictionary(place => place.Key, place => Json.Word(place.Select(step => step.Status).MinBy(status => Array.IndexOf(FirstToSee, status))), StringComparer.Ordinal);
}
