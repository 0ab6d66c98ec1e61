using Responder.Engine.Alerts;

namespace Responder.Hosting.Intake;

/// <summary>
/// Keeps the windows of counts. While one save is on its way those that come after gather into the next, each window once and as it was last: a busy
/// sender's every event must not write its whole window.
/// </summary>
/// <param name="store">Where they are kept.</param>
internal sealed class WindowSaver(IWindowStore store)
{
    private const int Remembered = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _newest = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, WindowState> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private Task _running = Task.CompletedTask;
    private Task? _next;

    /// <summary>Completes after the states, or newer ones, are on disk.</summary>
    /// <param name="observation">Numbers the observations that changed them: a delivery that commits late must not bring an older state back.</param>
    /// <param name="states">The states.</param>
    public Task SaveAsync(long observation, IReadOnlyList<WindowState> states)
    {
        if (states.Count == 0)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            foreach (var state in states.Where(state => _newest.GetValueOrDefault(state.Key) < observation))
            {
                _waiting[state.Key] = state;
                _newest[state.Key] = observation;
            }

            Forget(observation);
            return _next ??= NextAsync(_running);
        }
    }

    private async Task NextAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        List<WindowState> states;
        lock (_lock)
        {
            states = [.. _waiting.Values];
            _waiting = new Dictionary<string, WindowState>(StringComparer.OrdinalIgnoreCase);
            _running = _next!;
            _next = null;
        }

        await store.SaveAsync(states, CancellationToken.None);
    }

    // No delivery is on its way for so long that thousands of others overtake it.
    private void Forget(long observation)
    {
        if (_newest.Count > Remembered)
        {
            foreach (var key in _newest.Where(one => one.Value < observation - (Remembered / 2)).Select(one => one.Key).ToList())
            {
                _newest.Remove(key);
            }
        }
    }
}
