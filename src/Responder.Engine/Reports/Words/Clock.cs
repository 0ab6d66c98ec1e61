using System.Globalization;
using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports.Words;

/// <summary>Writes times in UTC and, where the alert tells an offset, as the people on site read them.</summary>
/// <param name="offset">The offset at the alert's time; null where nothing tells it.</param>
internal sealed class Clock(TimeSpan? offset)
{
    private const int DeepestRaw = 6;
    private const int MostValues = 2000;

    public TimeSpan? Offset { get; } = offset;

    /// <summary>UTC to the second, for a column that says so.</summary>
    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The local time to the second; null where no offset is known.</summary>
    public string? Local(DateTimeOffset time) => LocalTime(time)?.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The offset's name: <c>UTC−05:00</c>.</summary>
    public string? Zone => Offset is { } by ? $"UTC{(by < TimeSpan.Zero ? '−' : '+')}{by.Duration().ToString("hh\\:mm", CultureInfo.InvariantCulture)}" : null;

    /// <summary>For prose: <c>2024-02-28 19:15:33 UTC (14:15:33 UTC−05:00)</c>.</summary>
    public string Both(DateTimeOffset time)
    {
        var local = LocalTime(time);
        return local is not { } there ? $"{Utc(time)} UTC"
            : there.Date == time.UtcDateTime.Date ? $"{Utc(time)} UTC ({Local(time)} {Zone})"
            : $"{Utc(time)} UTC ({there.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {Zone})";
    }

    /// <summary>
    /// The normal form holds times in UTC; the raw alert may hold the same instant with the offset of the place. Only a time that is the
    /// alert's own counts: another one's offset could be a server's.
    /// </summary>
    public static Clock For(Fields alert)
    {
        if (alert["time"].Time is not { } at)
        {
            return new Clock(null);
        }

        var own = at.Offset == TimeSpan.Zero ? Values(alert["raw"], DeepestRaw).Take(MostValues).FirstOrDefault(time => Same(time, at)) : at;
        return new Clock(own.Offset == TimeSpan.Zero ? null : own.Offset);
    }

    private static bool Same(DateTimeOffset one, DateTimeOffset other) =>
        one.Offset != TimeSpan.Zero && Math.Abs((one - other).TotalSeconds) < 1;

    private static IEnumerable<DateTimeOffset> Values(Fields value, int deep)
    {
        if (value.Time is { } time)
        {
            yield return time;
        }

        if (deep == 0)
        {
            yield break;
        }

        foreach (var inner in value.Items.Concat(value.Members.Select(member => member.Value)).SelectMany(item => Values(item, deep - 1)))
        {
            yield return inner;
        }
    }

    // At the ends of time an offset would leave the calendar; then there is no local time to show.
    private DateTime? LocalTime(DateTimeOffset time)
    {
        var ticks = time.UtcTicks + (Offset?.Ticks ?? 0);
        return Offset is null || ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? null : new DateTime(ticks, DateTimeKind.Unspecified);
    }
}
