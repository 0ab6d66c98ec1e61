using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Responder.Engine.Alerts;

/// <summary>Times in all the shapes that sources send.</summary>
internal static partial class TimeText
{
    // Zones that RFC 5322 names, and no other: three letters mean different things in different countries.
    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = 0, ["UT"] = 0, ["GMT"] = 0, ["Z"] = 0, ["EST"] = -5, ["EDT"] = -4, ["CST"] = -6, ["CDT"] = -5, ["MST"] = -7, ["MDT"] = -6, ["PST"] = -8, ["PDT"] = -7,
    };

    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A time; null where it is none, or is one of the marks for "not set" (year 1, 1601, 1970).</summary>
    public static DateTimeOffset? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Read(value.GetString()!),
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? Epoch(number) : null,
        JsonValueKind.Array => value.EnumerateArray().Select(Read).FirstOrDefault(one => one is not null),
        _ => null,
    };

    public static DateTimeOffset? Read(string text)
    {
        text = text.Trim();
        if (text.Length is 0 or > 64)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return Epoch(number);
        }

        if (ScriptDate().Match(text) is { Success: true } script)
        {
            return Epoch(decimal.Parse(script.Groups[1].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        }

        var offset = TimeSpan.Zero;
        var zone = text.LastIndexOf(' ');
        if (zone > 0 && Zones.TryGetValue(text[(zone + 1)..], out var hours))
        {
            offset = TimeSpan.FromHours(hours);
            text = text[..zone];
        }

        // .NET reads seven digits of a second; Windows writes nine.
        text = LongFraction().Replace(text, "$1");
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time)
            && Year().IsMatch(text) ? Bounded(time.ToUniversalTime() - offset) : null;
    }

    // Seconds, milliseconds, microseconds or nanoseconds since 1970, or Windows' 100 ns since 1601, told apart by size.
    private static DateTimeOffset? Epoch(decimal number) => number switch
    {
        <= 0 => null,
        < 100_000_000_000m => At(number),
        < 100_000_000_000_000m => At(number / 1_000m),
        < 100_000_000_000_000_000m => At(number / 1_000_000m),
        < 1_000_000_000_000_000_000m => At((number / 10_000_000m) - 11_644_473_600m),
        < 100_000_000_000_000_000_000m => At(number / 1_000_000_000m),
        _ => null,
    };

    private static DateTimeOffset? At(decimal seconds) =>
        seconds is > 0 and < 7_258_118_400m ? Bounded(DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))) : null;

    private static DateTimeOffset? Bounded(DateTimeOffset time) => time >= Earliest && time < Latest ? time : null;

    [GeneratedRegex(@"^/Date\((-?\d{1,15})\)/$")]
    private static partial Regex ScriptDate();

    [GeneratedRegex(@"(\.\d{7})\d+")]
    private static partial Regex LongFraction();

    // "10:30" or "12 May" alone would be read as today's: a time without a year is none.
    [GeneratedRegex(@"\d{4}")]
    private static partial Regex Year();
}
