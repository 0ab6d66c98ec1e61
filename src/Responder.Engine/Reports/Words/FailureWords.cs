using Responder.Engine.Journal;
using Responder.Engine.Reports.Trace;
using Responder.Sdk;

namespace Responder.Engine.Reports.Words;

/// <summary>Why a step did not do what it was for, for people.</summary>
internal static class FailureWords
{
    public static string Of(StepError error)
    {
        var code = error.Code is null ? "" : $" (code {error.Code})";
        // Who rejected is in the message, and is all there is to say.
        return error.Kind == FailureKind.Rejected ? error.Message.Trim() : $"{Kind(error.Kind)}: {error.Message.Trim()}{code}";
    }

    /// <summary>The error, and how often it was tried.</summary>
    public static string Of(StepTrace step)
    {
        var error = step.End?.Error ?? step.Failures.LastOrDefault().Failure?.Error;
        var tries = Math.Max((step.End?.Attempt ?? 0) - step.Silences.Count, step.Failures.Count);
        var why = error is null ? step.End?.Note ?? "no reason recorded" : Of(error);
        return tries > 1 ? $"{why} After {Amounts.Count(tries, "attempt")}." : why;
    }

    private static string Kind(FailureKind kind) => kind switch
    {
        FailureKind.Transient => "a passing fault",
        FailureKind.RateLimited => "the product asked to come again later",
        FailureKind.Unknown => "unknown whether it happened",
        FailureKind.NotFound => "not found",
        FailureKind.Conflict => "another state than expected",
        FailureKind.Unauthorized => "the credential was refused",
        FailureKind.Forbidden => "the credential lacks the permission",
        FailureKind.Invalid => "refused as wrong",
        FailureKind.Offline => "the host is offline",
        FailureKind.RejectedByPolicy => "refused by policy",
        FailureKind.TimedOut => "its time ran out",
        _ => "an internal fault",
    };
}
