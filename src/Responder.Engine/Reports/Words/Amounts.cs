using System.Globalization;

namespace Responder.Engine.Reports.Words;

/// <summary>Counts, sizes and durations as people write them: <c>1,247 files</c>, <c>2.8 GB</c>, <c>2 min 27 s</c>.</summary>
internal static class Amounts
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"];

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long count, string one) => $"{Count(count)} {(count == 1 ? one : Plural(one))}";

    /// <summary>In powers of a thousand, as disks and tickets count.</summary>
    public static string Bytes(long bytes)
    {
        var unit = 0;
        var value = (double)bytes;
        while (Math.Abs(value) >= 999.95 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return unit == 0
            ? bytes == 1 ? "1 byte" : $"{Count(bytes)} bytes"
            : $"{value.ToString("0.#", CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary><c>1,247 files, 2.8 GB</c>, or the part that is known; null where neither is.</summary>
    public static string? Files(long? count, long? bytes) => (count, bytes) switch
    {
        ({ } files, { } size) => $"{Count(files, "file")}, {Bytes(size)}",
        ({ } files, null) => Count(files, "file"),
        (null, { } size) => Bytes(size),
        _ => null,
    };

    /// <summary>The two largest units that are not zero.</summary>
    public static string Duration(TimeSpan time)
    {
        time = time < TimeSpan.Zero ? TimeSpan.Zero : time;
        (long Value, string Unit)[] parts = [((long)time.TotalDays, "d"), (time.Hours, "h"), (time.Minutes, "min"), (time.Seconds, "s")];
        var shown = parts.SkipWhile(part => part.Value == 0).Take(2).Where(part => part.Value != 0).Select(part => $"{part.Value} {part.Unit}");
        return time < TimeSpan.FromSeconds(1) ? "under a second" : string.Join(' ', shown);
    }

    private static string Plural(string one) => one[^1] switch
    {
        'y' => one[..^1] + "ies",
        's' => one + "es",
        _ => one + "s",
    };
}
