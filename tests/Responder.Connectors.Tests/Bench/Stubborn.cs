using Responder.Sdk;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Tests.Bench;

/// <summary>Does an action over a bad wire as the engine would: again where it was certainly not done, and where nobody knows by the handler's recovery rule.</summary>
public static class Stubborn
{
    private const int Most = 12;

    /// <summary>One call in five fails: limits, outages, connections that are cut before and after it is done.</summary>
    public static IEnumerable<WireFault> OneInFive(int seed) =>
    [
        new WireFault { Share = 0.06, Seed = seed, Status = 429, RetryAfter = TimeSpan.FromSeconds(2) },
        new WireFault { Share = 0.05, Seed = seed + 1000, Status = 503 },
        new WireFault { Share = 0.04, Seed = seed + 2000, Do = WireFaultKind.Drop },
        new WireFault { Share = 0.05, Seed = seed + 3000, Do = WireFaultKind.DropAfterDoing },
    ];

    /// <summary>The result, in the end.</summary>
    public static async Task<TResult> InsistAsync<TResult>(this World world, IAction<TResult> action, string step)
    {
        var context = world.Connection.Step(step);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await world.Connection.DoAsync(action, context)).Value;
            }
            catch (ActionFailure failure) when (failure.Kind is FailureKind.Transient or FailureKind.RateLimited or FailureKind.Unknown && attempt < Most)
            {
                world.Time!.Advance(failure.RetryAfter ?? TimeSpan.FromSeconds(30));
                if (failure.Kind == FailureKind.Unknown && world.Connection.Bound(action).Recovery == Recover.Probe && await AskAsync(world, action, context) is { Verdict: ProbeVerdict.Happened } answer)
                {
                    return answer.Result!;
                }
            }
        }
    }

    /// <summary>A probe reads, and reads fail too; one that can't tell is asked again.</summary>
    private static async Task<ProbeAnswer<TResult>> AskAsync<TResult>(World world, IAction<TResult> action, BenchContext context)
    {
        for (var asked = 1; ; asked++)
        {
            try
            {
                var answer = await world.Connection.ProbeAsync(action, context);
                if (answer.Verdict != ProbeVerdict.CannotTell || asked == Most)
                {
                    return answer;
                }
            }
            catch (ActionFailure) when (asked < Most)
            {
                // The wire is bad for a probe as well.
            }

            world.Time!.Advance(TimeSpan.FromSeconds(30));
        }
    }
}
