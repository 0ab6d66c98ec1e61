using Microsoft.Extensions.Logging;
using Responder.Engine.Journal;
using Responder.Engine.Runs;

namespace Responder.Engine.Host;

/// <summary>
/// Every two seconds, jittered: runs that are due, and runs at work whose owner is gone, are woken. The same recovers all at start.
/// It also looks whether the clock jumped, where no run does.
/// </summary>
/// <param name="services">What run loops share.</param>
/// <param name="queries">The store.</param>
/// <param name="host">Where runs are driven.</param>
public sealed partial class Sweeper(RunServices services, IRunQueries queries, IRunHost host)
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>The owners who live, this one among them; null where that is not known just now, and then nothing is taken from anybody.</summary>
    public Func<IReadOnlyCollection<string>?> LiveOwners { get; set; } = () => [services.Owner];

    /// <summary>Runs that this node can't read: newer ones must find them, so they are not woken from here, and take no place of others.</summary>
    public Func<IReadOnlyCollection<string>> LeftToNewer { get; set; } = () => [];

    private volatile bool _recovered;

    /// <summary>True once every run that was left behind at the start has been woken.</summary>
    public bool HasRecovered => _recovered;

    /// <summary>Sweeps until it is cancelled.</summary>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(CancellationToken cancel)
    {
        for (var round = 0; !cancel.IsCancellationRequested; round++)
        {
            try
            {
                await RecoverAsync(cancel);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && !cancel.IsCancellationRequested)
            {
                Failed(services.Log, exception);
            }

            try
            {
                // Nodes that started together drift apart: 1.8 to 2.2 seconds.
                await Task.Delay(Every + TimeSpan.FromMilliseconds(((round * 137) + services.Owner.Length * 61) % 400 - 200), services.Time, cancel);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Sweeps, and at the start again at once for as long as there are more runs than a sweep takes on: nobody should wait for seconds between them. A second sweep
    /// that finds no run that the first did not is the last, because runs that can't be woken just now would be asked for without end.
    /// </summary>
    private async Task RecoverAsync(CancellationToken cancel)
    {
        HashSet<string> seen = [];
        int known;
        do
        {
            known = seen.Count;
            seen.UnionWith(await SweepAsync(cancel));
        }
        while (!_recovered && seen.Count > known);
    }

    /// <summary>One sweep; returns how many runs were woken.</summary>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<int> OnceAsync(CancellationToken cancel) => (await SweepAsync(cancel)).Count;

    private async Task<IReadOnlyList<string>> SweepAsync(CancellationToken cancel)
    {
        services.Clock.Look();
        if (LiveOwners() is not { } live)
        {
            return [];
        }

        var left = LeftToNewer();
        var due = (await queries.DueAsync(services.Time.GetUtcNow(), live, AtOnce + left.Count, cancel)).Except(left).Take(AtOnce).ToList();
        foreach (var runId in due)
        {
            await host.WakeAsync(runId);
        }

        _recovered |= due.Count < AtOnce;
        return due;
    }

    [LoggerMessage(1311, LogLevel.Error, "The sweep failed; it goes on in two seconds")]
    private static partial void Failed(ILogger log, Exception exception);
}
