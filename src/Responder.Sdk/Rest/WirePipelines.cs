using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Responder.Sdk.Rest;

/// <summary>Polly's strategies of one connection: tries of reads, the bulkhead, the circuit breaker.</summary>
internal sealed class WirePipelines
{
    public WirePipelines(RestSettings settings, TimeProvider time)
    {
        // Under every call, also one that acts: at most so many at once, and none while the product is down.
        Guard = new ResiliencePipelineBuilder<RestAnswer> { TimeProvider = time }
            .AddConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = settings.Concurrency, QueueLimit = int.MaxValue })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<RestAnswer>
            {
                FailureRatio = 0.6,
                MinimumThroughput = 12,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = Break,
                ShouldHandle = arguments => new(arguments.Outcome.Exception is ActionFailure { Code: "not_sent" or "no_answer" } || arguments.Outcome.Result is { Status: >= 500 }),
            })
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

    public static TimeSpan Break { get; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the product asked to wait, for the retry of this read.</summary>
    public static readonly ResiliencePropertyKey<WireCall> Call = new("responder.call");

    public ResiliencePipeline<RestAnswer> Guard { get; }

    public ResiliencePipeline<RestAnswer> Reads { get; }

    private static TimeSpan? Waits(ResilienceContext context) => context.Properties.GetValue(Call, null!)?.RetryAfter;

    private static bool IsWorthATry(Polly.Outcome<RestAnswer> outcome, TimeSpan? waits) =>
        outcome.Exception is ActionFailure { Kind: FailureKind.Transient or FailureKind.RateLimited }
        || outcome.Result is { Status: 408 or 429 or >= 500 }
        || (outcome.Result is not null && waits is not null);
}
