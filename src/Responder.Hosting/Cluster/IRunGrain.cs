
namespace Responder.Hosting.Cluster;

/// <summary>A run, wherever in the cluster it is. Its key is the run's id.</summary>
[Alias("responder.run")]
internal interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Sees to it that the run is driven there; returns when its loop has begun.</summary>
    [Alias("wake")]
    Task WakeAsync();

    /// <summary>Tells the run something.</summary>
    /// <param name="signal">A <see cref="Engine.Runs.RunSignal"/> as JSON.</param>
    /// <returns>A <see cref="Engine.Runs.SignalResult"/> as JSON.</returns>
    [Alias("signal")]
    Task<string> SignalAsync(string signal);
}
