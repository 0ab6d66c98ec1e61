using System.Text.Json;
using Microsoft.Extensions.Logging;
using Responder.Engine.Runs;
using Responder.Sdk;

namespace Responder.Hosting.Cluster;

/// <summary>Runs by way of the cluster: whoever has a run is told, and one that nobody has begins here.</summary>
internal sealed partial class ClusterRunHost(IGrainFactory grains, ILogger log) : IRunHost
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const int Tries = 20;

    public async Task WakeAsync(string runId)
    {
        try
        {
            await grains.GetGrain<IRunGrain>(runId).WakeAsync();
        }
        catch (Exception failure) when (IsOfTheCluster(failure))
        {
            // The sweep wakes it again: nothing is lost but two seconds.
            NotWoken(log, runId, failure.Message);
        }
    }

    public async Task<SignalResult> SignalAsync(string runId, RunSignal signal)
    {
        var text = JsonSerializer.Serialize(signal, Json.Options);
        for (var again = 1; ; again++)
        {
            try
            {
                return JsonSerializer.Deserialize<SignalResult>(await grains.GetGrain<IRunGrain>(runId).SignalAsync(text), Json.Options)!;
            }
            catch (Exception failure) when (IsOfTheCluster(failure))
            {
                // What was rejected was not delivered. What was delivered and not answered is asked about, not told again.
                if (failure is TimeoutException || again == Tries)
                {
                    return new SignalResult(SignalStatus.Conflict, $"The node that has run {runId} does not answer just now. Look at the run before you decide again: it may have been told.");
                }
            }

            await Task.Delay(Pause);
        }
    }

    private static bool IsOfTheCluster(Exception failure) => failure is OrleansException or TimeoutException;

    [LoggerMessage(1551, LogLevel.Warning, "Run {RunId} could not be woken; the sweep does it again: {Reason}")]
    private static partial void NotWoken(ILogger log, string runId, string reason);
}
