using System.Globalization;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary><c>add</c>, <c>between</c>. A time is text, RFC 3339; what they give is UTC with milliseconds, so that <c>&lt;</c> compares.</summary>
internal static class TimeHelpers
{
    private const int Ticks = 7;

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fK", "yyyy-MM-dd'T'HH:mm:ss.ffK", "yyyy-MM-dd'T'HH:mm:ss.fffK", "yyyy-MM-dd'T'HH:mm:ss.ffffK",
        "yyyy-MM-dd'T'HH:mm:ss.fffffK", "yyyy-MM-dd'T'HH:mm:ss.ffffffK", "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
    ];

    public static string Add(string time, string duration)
    {
        if (!Durations.TryParse(duration, out var span, signed: true))
        {
            throw new Stopped($"add(…): '{Short(duration)}' is no duration: {Durations.Form}, with - in front to go back");
        }

        try
        {
            return Sdk.Json.Time(Parse("add", time) + span);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new Stopped($"add(…): {time} and {duration} give no time of the calendar");
        }
    }

    public static double Between(string from, string to) => (Parse("between", to) - Parse("between", from)).TotalSeconds;

    private static DateTimeOffset Parse(string helper, string text)
    {
        // A time without an offset would be a guess.
        var hasOffset = text.Length > 19 && (text[^1] is 'Z' or 'z' || (text.Length > 6 && text[^3] == ':' && text[^6] is '+' or '-'));
        return hasOffset && DateTimeOffset.TryParseExact(Shorter(text.ToUpperInvariant()), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new Stopped($"{helper}(…): '{Short(text)}' is no time: write RFC 3339 with its offset, 2026-01-31T08:00:00.000Z");
    }

    // Vendors send nanoseconds; the calendar here counts in hundreds of them.
    private static string Shorter(string time)
    {
        var end = time.Length > 20 && time[19] == '.' ? time.AsSpan(20).IndexOfAnyExceptInRange('0', '9') : -1;
        return end > Ticks ? string.Concat(time.AsSpan(0, 20 + Ticks), time.AsSpan(20 + end)) : time;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
