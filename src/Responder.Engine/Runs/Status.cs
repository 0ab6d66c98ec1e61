namespace Responder.Engine;

/// <summary>How a run stands.</summary>
public enum RunStatus
{
    /// <summary>Waits for a concurrency slot.</summary>
    Queued,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Waits for an approval, a time or an event.</summary>
    Waiting,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended badly.</summary>
    Failed,

    /// <summary>An approver rejected it.</summary>
    Rejected,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>Cannot go on until a person says what happened.</summary>
    InDoubt,
}

/// <summary>How a step stands.</summary>
public enum StepStatus
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Waits at its gate.</summary>
    WaitingApproval,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended badly.</summary>
    Failed,

    /// <summary>Its condition was false.</summary>
    Skipped,

    /// <summary>Its time ran out.</summary>
    TimedOut,

    /// <summary>An approver or policy rejected it.</summary>
    Rejected,

    /// <summary>A person must say what happened.</summary>
    InDoubt,

    /// <summary>Its effect was taken back.</summary>
    Undone,

    /// <summary>Ended before it acted, because the run was cancelled or stopped.</summary>
    Cancelled,
}

/// <summary>Questions that are asked of a status in many places.</summary>
public static class StatusQuestions
{
    /// <summary>True where the run is over.</summary>
    /// <param name="status">The status.</param>
    public static bool IsEnd(this RunStatus status) => status is RunStatus.Succeeded or RunStatus.Failed or RunStatus.Rejected or RunStatus.Cancelled;

    /// <summary>True where the step is over.</summary>
    /// <param name="status">The status.</param>
    public static bool IsEnd(this StepStatus status) => status is not (StepStatus.Pending or StepStatus.Running or StepStatus.WaitingApproval or StepStatus.InDoubt);
}
