using System.Text.Json;
using Orleans.Concurrency;
using Orleans.Placement;
using Responder.Engine.Runs;
using Responder.Sdk;

namespace Responder.Hosting.Cluster;

/// <summary>
/// The one place of a run in the cluster: it hands on to this node's loops and keeps the place for as long as one is live. A loop that outlives its place
/// (membership changed under it) is no danger: the next taker's epoch fences it.
/// </summary>
[Reentrant]
[PreferLocalPlacement]
internal sealed class RunGrain(ResponderNode node) : Grain, IRunGrain
{
    private static readonly TimeSpan AsLongAsLive = TimeSpan.FromDays(30);

    private Task? _kept;

    // On the thread pool: a run's loop is none of Orleans's turns.
    public async Task WakeAsync()
    {
        await Task.Run(() => node.Host.WakeAsync(this.GetPrimaryKeyString()));
        Keep();
    }

    public async Task<string> SignalAsync(string signal)
    {
        var told = JsonSerializer.Deserialize<RunSignal>(signal, Json.Options)!;
        var result = await Task.Run(() => node.Host.SignalAsync(this.GetPrimaryKeyString(), told));
        Keep();
        return JsonSerializer.Serialize(result, Json.Options);
    }

    private void Keep()
    {
        if (_kept is not { IsCompleted: false })
        {
            DelayDeactivation(AsLongAsLive);
            _kept = UntilAwayAsync();
        }
    }

    private async Task UntilAwayAsync()
    {
        await node.Host.WhenAwayAsync(this.GetPrimaryKeyString());
        DeactivateOnIdle();
    }
}
