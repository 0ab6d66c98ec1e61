using Responder.Hosting;

namespace Responder.Web.Components.Live;

/// <summary>
/// Tells open pages what was committed, at most three times a second, however much it is: one reader of the feed for all of them. It begins with the first page.
/// </summary>
/// <param name="node">The node.</param>
internal sealed class Pulse(ResponderNode node) : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(350);
    private const int Slow = 8;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private HashSet<string> _runs = new(StringComparer.Ordinal);
    private bool _missed;
    private Task? _work;
    private event Func<Beat, Task>? Beats;

    /// <summary>Listens until it is disposed of.</summary>
    public IDisposable Listen(Func<Beat, Task> listener)
    {
        lock (_lock)
        {
            Beats += listener;
            _work ??= Task.WhenAll(CollectAsync(_stopping.Token), BeatAsync(_stopping.Token));
        }

        return new Listener(this, listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await (_work ?? Task.CompletedTask);
        _stopping.Dispose();
    }

    private async Task CollectAsync(CancellationToken cancel)
    {
        using var feed = node.Store.Feed.Follow(null);
        try
        {
            await foreach (var notice in feed.ReadAllAsync(cancel))
            {
                lock (_lock)
                {
                    if (notice.RunId.Length == 0)
                    {
                        _missed = true;
                    }
                    else
                    {
                        _runs.Add(notice.RunId);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task BeatAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Every, node.Services.Time);
        try
        {
            for (var count = 1; await timer.WaitForNextTickAsync(cancel); count++)
            {
                var beat = Take(count % Slow == 0);
                if (beat is { Runs.Count: 0, Missed: false, IsSlow: false } || Beats is not { } listeners)
                {
                    continue;
                }

                foreach (var listener in listeners.GetInvocationList().Cast<Func<Beat, Task>>())
                {
                    _ = listener(beat);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The end.
        }
    }

    private Beat Take(bool slow)
    {
        lock (_lock)
        {
            var beat = new Beat(_runs, _missed, slow);
            if (_runs.Count > 0)
            {
                _runs = new HashSet<string>(StringComparer.Ordinal);
            }

            _missed = false;
            return beat;
        }
    }

    private sealed class Listener(Pulse pulse, Func<Beat, Task> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (pulse._lock)
            {
                pulse.Beats -= listener;
            }
        }
    }
}

/// <summary>What happened since the last one.</summary>
/// <param name="Runs">Runs of which something was committed.</param>
/// <param name="Missed">There may be others.</param>
/// <param name="IsSlow">Every third second: for what no commit of a run tells.</param>
public sealed record Beat(IReadOnlySet<string> Runs, bool Missed, bool IsSlow)
{
    /// <summary>True where a run changed, or may have.</summary>
    public bool Touches(string? runId) => Missed || (runId is null ? Runs.Count > 0 : Runs.Contains(runId));
}
