using Microsoft.Extensions.Logging;
using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Hosting.Errands;

/// <summary>Does what was committed to be done outside. One that fails is tried again after longer and longer pauses for about two days, then it is given up and stays for people.</summary>
internal sealed partial class ErrandRunner(IErrands errands, IEnumerable<IErrandHandler> handlers, TimeProvider time, ILogger log)
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(4), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    private readonly Dictionary<string, IErrandHandler> _byKind = handlers.ToDictionary(one => one.Kind, StringComparer.Ordinal);

    /// <summary>Does all that is due.</summary>
    /// <returns>How many were looked at.</returns>
    public async Task<int> OnceAsync(CancellationToken cancel)
    {
        var looked = 0;
        while (!cancel.IsCancellationRequested && await errands.TakeAsync(time.GetUtcNow(), Lease, AtOnce, cancel) is { Count: > 0 } due)
        {
            await Task.WhenAll(due.Select(errand => OneAsync(errand, cancel)));
            looked += due.Count;
        }

        return looked;
    }

    private async Task OneAsync(Errand errand, CancellationToken cancel)
    {
        try
        {
            if (!_byKind.TryGetValue(errand.Kind, out var handler))
            {
                // Written by a newer program: left for it.
                await errands.PutOffAsync(errand.Id, time.GetUtcNow() + Pauses[^1], null, cancel);
                return;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), limit, Limit, Timeout.InfiniteTimeSpan);
            var end = await handler.DoAsync(errand, limit.Token);
            await (end.ComeBackIn is { } wait ? errands.PutOffAsync(errand.Id, time.GetUtcNow() + wait, null, cancel) : errands.DoneAsync(errand.Id, cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The lease runs out, and the next start has it.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            await FailedAsync(errand, failure, cancel);
        }
    }

    private async Task FailedAsync(Errand errand, Exception failure, CancellationToken cancel)
    {
        var hopeless = failure is ActionFailure { Kind: FailureKind.NotFound or FailureKind.Forbidden or FailureKind.Invalid } || errand.Attempts >= Pauses.Length;
        DateTimeOffset? again = hopeless ? null : time.GetUtcNow() + ((failure as ActionFailure)?.RetryAfter ?? Pauses[errand.Attempts]);
        var why = failure is OperationCanceledException ? "It took longer than two minutes." : failure.Message;
        if (hopeless)
        {
            GivenUp(log, errand.Id, why);
        }
        else
        {
            PutOff(log, errand.Id, again!.Value, why);
        }

        await errands.PutOffAsync(errand.Id, again, why, cancel);
    }

    [LoggerMessage(1551, LogLevel.Warning, "{Errand} did not work and is tried again at {Again:HH:mm:ss}: {Reason}")]
    private static partial void PutOff(ILogger log, string errand, DateTimeOffset again, string reason);

    [LoggerMessage(1552, LogLevel.Error, "{Errand} was given up: {Reason}")]
    private static partial void GivenUp(ILogger log, string errand, string reason);
}
