using Polly;
using Polly.CircuitBreaker;

namespace Responder.Sdk;

/// <summary>
/// A connection's circuit breaker. Where its product has not answered for a while, nothing is sent to it, and after a pause one call tries it. Failures met while it is
/// open say so (<see cref="ActionFailure.CircuitSince"/>): the engine lets runs wait for them, and counts no attempt.
/// </summary>
public sealed class ConnectionBreaker
{
    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(1);

    /// <summary>While one call tries the product, the others come again after this.</summary>
    private static readonly TimeSpan WhileTried = TimeSpan.FromSeconds(5);

    private readonly string _product;
    private readonly TimeProvider _time;
    private long _since;
    private long _until;

    /// <summary>A breaker that is closed.</summary>
    /// <param name="product">What messages call the product.</param>
    /// <param name="time">The clock of its pauses.</param>
    /// <param name="calls">It opens where so many calls, at least, were made within <paramref name="window"/>, and most of them failed.</param>
    /// <param name="window">See there; 30 seconds where null.</param>
    public ConnectionBreaker(string product, TimeProvider time, int calls = 12, TimeSpan? window = null)
    {
        (_product, _time) = (product, time);
        Pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.6,
                MinimumThroughput = calls,
                SamplingDuration = window ?? TimeSpan.FromSeconds(30),
                BreakDurationGenerator = arguments => new(Pause(arguments.HalfOpenAttempts)),
                OnOpened = arguments => Opened(arguments.BreakDuration),
                OnClosed = _ => Closed(),
                ShouldHandle = arguments => new(arguments.Outcome.Exception is { } thrown ? IsSilence(thrown) : arguments.Outcome.Result is IServerFault { IsServerFault: true }),
            })
            .Build();
    }

    /// <summary>Since when it has been open; null where calls go through.</summary>
    public DateTimeOffset? OpenSince => Interlocked.Read(ref _since) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    internal ResiliencePipeline Pipeline { get; }

    /// <summary>Makes a call where the product is thought to answer.</summary>
    /// <param name="call">The call. A failure with the code <c>not_sent</c> or <c>no_answer</c> counts against the product, and an answer that says a server's fault.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="ActionFailure">The call's own; <see cref="FailureKind.Transient"/> with the code <c>circuit_open</c> where it was not made.</exception>
    public async ValueTask<T> GuardAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancel)
    {
        try
        {
            return await Pipeline.ExecuteAsync(call, cancel);
        }
        catch (BrokenCircuitException exception)
        {
            throw NotMade(exception);
        }
        catch (ActionFailure failure) when (IsSilence(failure) && OpenSince is { } since)
        {
            throw failure.AtOpenCircuit(since, ComeAgain);
        }
    }

    /// <summary>How long until it is worth trying again.</summary>
    public TimeSpan ComeAgain => new DateTimeOffset(Interlocked.Read(ref _until), TimeSpan.Zero) - _time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : WhileTried;

    /// <summary>Of a call that was not made.</summary>
    internal ActionFailure NotMade(BrokenCircuitException exception)
    {
        var (since, wait) = (OpenSince ?? _time.GetUtcNow(), ComeAgain);
        return new ActionFailure(
            FailureKind.Transient, $"{_product} has not answered since {since:yyyy-MM-dd HH:mm:ss}Z; nothing is sent to it, and it is tried again in {wait.TotalSeconds:0} s.", exception)
        {
            Code = "circuit_open", RetryAfter = wait, CircuitSince = since,
        };
    }

    /// <summary>True for a failure that says that the product does not answer.</summary>
    internal static bool IsSilence(Exception exception) => exception is ActionFailure { Code: "not_sent" or "no_answer" };

    private static TimeSpan Pause(int tries) => TimeSpan.FromSeconds(Math.Min(FirstBreak.TotalSeconds * Math.Pow(2, Math.Min(tries, 10)), LongestBreak.TotalSeconds));

    private ValueTask Opened(TimeSpan pause)
    {
        var now = _time.GetUtcNow();
        Interlocked.CompareExchange(ref _since, now.UtcTicks, 0);
        Interlocked.Exchange(ref _until, (now + pause).UtcTicks);
        return ValueTask.CompletedTask;
    }

    private ValueTask Closed()
    {
        Interlocked.Exchange(ref _since, 0);
        return ValueTask.CompletedTask;
    }
}

/// <summary>An answer that can say that the product's server failed.</summary>
public interface IServerFault
{
    /// <summary>True where it did: a status of 500 and above.</summary>
    bool IsServerFault { get; }
}
