using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary>How long to wait before the next attempt. The jitter comes from the path, so that a replay decides the same.</summary>
internal static class Backoff
{
    /// <summary>An offline host is waited for so long where the step says neither <c>retry</c> nor <c>timeout</c>.</summary>
    public static readonly TimeSpan OfflineLimit = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan OfflinePoll = TimeSpan.FromSeconds(30);

    /// <summary>The wait after a failure; null where the wait for an offline host is over.</summary>
    public static TimeSpan? Wait(RetryPolicy policy, StepState state, StepError error, DateTimeOffset now, TimeSpan? timeout)
    {
        if (error.Kind == FailureKind.Offline && state.Counted >= policy.Attempts)
        {
            return now - state.FirstOr(now) >= (timeout ?? OfflineLimit) ? null : OfflinePoll;
        }

        var delay = Delay(policy, state);
        return error.RetryAfter is { } seconds && TimeSpan.FromSeconds(seconds) > delay ? TimeSpan.FromSeconds(seconds) : delay;
    }

    /// <summary>The policy's wait after the attempts so far.</summary>
    public static TimeSpan Delay(RetryPolicy policy, StepState state)
    {
        var factor = policy.Constant ? 1 : Math.Pow(2, Math.Min(state.Counted - 1, 30));
        var seconds = Math.Min(policy.Initial.TotalSeconds * Math.Max(factor, 1), policy.Max.TotalSeconds);
        if (policy.Jitter)
        {
            var spread = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{state.Path}#{state.Attempts}")));
            seconds *= 0.75 + (spread % 1000 / 2000.0);
        }

        return TimeSpan.FromSeconds(Math.Min(seconds, policy.Max.TotalSeconds));
    }

    private static DateTimeOffset FirstOr(this StepState state, DateTimeOffset now) => state.FirstAttemptAt ?? now;
}
