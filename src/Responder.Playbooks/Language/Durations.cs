using System.Globalization;

namespace Responder.Playbooks.Language;

/// <summary>A duration is a whole number and one unit: <c>90s</c>, <c>10m</c>, <c>8h</c>, <c>7d</c>.</summary>
public static class Durations
{
    /// <summary>How to write one, for messages.</summary>
    public const string Form = "a whole number and s, m, h or d: 90s, 10m, 8h, 7d";

    /// <summary>The longest: ten years of 365 days.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(3650);

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration.</param>
    /// <param name="signed">True where a leading <c>-</c> is allowed, as in <c>add(alert.time, '-30m')</c>.</param>
    /// <returns>False where the text is no duration or is longer than <see cref="Longest"/>.</returns>
    public static bool TryParse(string? text, out TimeSpan duration, bool signed = false)
    {
        duration = default;
        if (text is null || text.Length < 2)
        {
            return false;
        }

        var negative = signed && text[0] == '-';
        var digits = text.AsSpan(negative ? 1 : 0, text.Length - (negative ? 2 : 1));
        var unit = text[^1] switch { 's' => TimeSpan.TicksPerSecond, 'm' => TimeSpan.TicksPerMinute, 'h' => TimeSpan.TicksPerHour, 'd' => TimeSpan.TicksPerDay, _ => 0 };
        if (unit == 0 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > Longest.Ticks / unit)
        {
            return false;
        }

        duration = TimeSpan.FromTicks(negative ? -count * unit : count * unit);
        return true;
    }

    /// <summary>Writes a duration with the largest unit that keeps it whole; parts of a second are cut off.</summary>
    /// <param name="duration">The duration.</param>
    public static string Format(TimeSpan duration)
    {
        var seconds = duration.Ticks / TimeSpan.TicksPerSecond;
        var (count, unit) = seconds switch
        {
            0 => (0, 's'),
            _ when seconds % 86400 == 0 => (seconds / 86400, 'd'),
            _ when seconds % 3600 == 0 => (seconds / 3600, 'h'),
            _ when seconds % 60 == 0 => (seconds / 60, 'm'),
            _ => (seconds, 's'),
        };
        return count.ToString(CultureInfo.InvariantCulture) + unit;
    }
}
