using System.DirectoryServices.Protocols;
using System.Globalization;

namespace Responder.Connectors.ActiveDirectory.Ldap;

/// <summary>Attributes of an entry in the types that they have.</summary>
internal static class Entry
{
    public static string? Text(this SearchResultEntry entry, string attribute) => entry.Attributes[attribute] is { Count: > 0 } values ? values.GetValues(typeof(string))[0] as string : null;

    public static IReadOnlyList<string> Texts(this SearchResultEntry entry, string attribute) =>
        entry.Attributes[attribute] is { Count: > 0 } values ? [.. values.GetValues(typeof(string)).OfType<string>()] : [];

    public static byte[]? Bytes(this SearchResultEntry entry, string attribute) => entry.Attributes[attribute] is { Count: > 0 } values ? values.GetValues(typeof(byte[]))[0] as byte[] : null;

    public static int Number(this SearchResultEntry entry, string attribute) =>
        long.TryParse(entry.Text(attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? unchecked((int)number) : 0;

    /// <summary>A time in 100 ns since 1601; null where it is none, or never.</summary>
    public static DateTimeOffset? FileTime(this SearchResultEntry entry, string attribute) =>
        long.TryParse(entry.Text(attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks) && ticks is > 0 and < long.MaxValue
            ? new DateTimeOffset(DateTime.FromFileTimeUtc(ticks)) : null;

    /// <summary>A generalized time: <c>20240228191533.0Z</c>.</summary>
    public static DateTimeOffset? Time(this SearchResultEntry entry, string attribute) => entry.Text(attribute) is { Length: >= 14 } text
        && DateTime.TryParseExact(text[..14], "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? new DateTimeOffset(time) : null;
}
