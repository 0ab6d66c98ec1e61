using Microsoft.Extensions.Logging;

namespace Responder.Engine.Host;

/// <summary>
/// Watches the wall clock against the monotonic one. Whoever is about to let a passed deadline act looks here first, so that no jump is acted on before it is seen.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="awakeSince">Since when this process has been awake.</param>
/// <param name="log">Told of each jump.</param>
public sealed partial class ClockWatch(TimeProvider time, DateTimeOffset awakeSince, ILogger log)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _awakeSince = awakeSince;
    private DateTimeOffset _wall = time.GetUtcNow();
    private long _mono = time.GetTimestamp();

    /// <summary>Looks at the clocks: since when this process has been awake with a clock that could be trusted. A deadline that passed before then was missed by everybody.</summary>
    public DateTimeOffset Look()
    {
        lock (_gate)
        {
            var (wall, mono) = (time.GetUtcNow(), time.GetTimestamp());
            var drift = wall - _wall - time.GetElapsedTime(_mono, mono);
            (_wall, _mono) = (wall, mono);
            if (drift.Duration() > Trusted)
            {
                _awakeSince = wall;
                Jumped(log, drift.TotalSeconds);
            }

            return _awakeSince;
        }
    }

    [LoggerMessage(1312, LogLevel.Warning, "The clock jumped by {Seconds:0} s; deadlines that passed in the jump do not act at once")]
    private static partial void Jumped(ILogger log, double seconds);
}
