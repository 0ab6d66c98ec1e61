using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Responder.Storage;

/// <summary>Where the next page of a list begins: after the row with this place in the order. Opaque to callers.</summary>
internal static class Cursor
{
    public static string Make(long at, string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at}|{id}")));

    /// <summary>The place; null for the first page.</summary>
    /// <exception cref="ArgumentException">It is not one that a list gave.</exception>
    public static (long At, string Id)? Read(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('|', 2);
            return (long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new ArgumentException("The cursor is not one that a list gave. Take it from the page before, or leave it out for the first page.", nameof(cursor));
        }
    }
}
