using System.Threading.RateLimiting;
using Polly;
using Polly.Retry;

namespace Responder.Sdk.Rest;

/// <summary>Polly's strategies of one connection: tries of reads, the bulkhead, the circuit breaker.</summary>
internal sealed class WirePipelines
{
    public WirePipelines(RestSettings settings, TimeProvider time)
    {
        Breaker = new ConnectionBreaker(settings.Product, time);

        // Under every call, also one that acts: at most so many at once, and none while the product is down.
        Guard = new ResiliencePipelineBuilder<RestAnswer> { TimeProvider = time }
            .AddConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = settings.Concurrency, QueueLimit = int.MaxValue })
            .AddPipeline(Breaker.Pipeline)
            .Build();
        Reads = new ResiliencePipelineBuilder<RestAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<RestAnswer>
            {
                MaxRetryAttempts = Math.Max(1, settings.ReadTries - 1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = TimeSpan.FromSeconds(20),
                ShouldHandle = arguments => new(IsWorthATry(arguments.Outcome, Waits(arguments.Context)) && !(Waits(arguments.Context) > settings.LongestWait)),
                DelayGenerator = arguments => new(Waits(arguments.Context)),
            })
            .Build();
    }

    /// <summary>How long the product asked to wait, for the retry of this read.</summary>
    public static readonly ResiliencePropertyKey<WireCall> Call = new("responder.call");

    public ConnectionBreaker Breaker { get; }

    public ResiliencePipeline<RestAnswer> Guard { get; }

    public ResiliencePipeline<RestAnswer> Reads { get; }

    private static TimeSpan? Waits(ResilienceContext context) => context.Properties.GetValue(Call, null!)?.RetryAfter;

    private static bool IsWorthATry(Polly.Outcome<RestAnswer> outcome, TimeSpan? waits) =>
        outcome.Exception is ActionFailure { Kind: FailureKind.Transient or FailureKind.RateLimited, CircuitSince: null }
        || outcome.Result is { CircuitSince: null, Status: 408 or 429 or >= 500 }
        || (outcome.Result is { CircuitSince: null } && waits is not null);
}
