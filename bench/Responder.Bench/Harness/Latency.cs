using System.Collections.Concurrent;
using System.Diagnostics;

namespace Responder.Bench.Harness;

/// <summary>How long calls took.</summary>
internal sealed class Latency
{
    private readonly ConcurrentQueue<double> _milliseconds = new();

    public int Count => _milliseconds.Count;

    public async Task<T> TimeAsync<T>(Func<Task<T>> call)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = await call();
        _milliseconds.Enqueue(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        return result;
    }

    /// <summary>One that was timed elsewhere.</summary>
    public void Add(long begun, long ended) => _milliseconds.Enqueue(Stopwatch.GetElapsedTime(begun, ended).TotalMilliseconds);

    /// <summary>Some that were timed elsewhere, in milliseconds.</summary>
    public void Add(IEnumerable<double> milliseconds)
    {
        foreach (var one in milliseconds)
        {
            _milliseconds.Enqueue(one);
        }
    }

    /// <summary>Milliseconds that this part of the calls did not exceed.</summary>
    /// <param name="part">0.99, say.</param>
    public double At(double part)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted.Count == 0 ? 0 : Math.Round(sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)], 2);
    }
}
