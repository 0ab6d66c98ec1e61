using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>Reading JSON that somebody else wrote: text that is no Unicode (half a surrogate pair, bytes that are no UTF-8), which .NET refuses to read, is read with U+FFFD in its place.</summary>
internal static class JsonRead
{
    private const int ArtifactFields = 8;

    public static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(JsonMarshal.GetRawUtf8Value(element)[1..^1]);
        }
    }

    public static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Unescape(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }

    /// <summary>A member by name; the last where a name repeats.</summary>
    public static bool TryMember(JsonElement value, string name, out JsonElement member)
    {
        try
        {
            if (value.TryGetProperty(name, out member))
            {
                return true;
            }
        }
        catch (InvalidOperationException)
        {
            return TryReadMember(value, name, out member);
        }
        catch (ArgumentException)
        {
            member = default; // half a surrogate pair in the name that is asked for: no JSON name has one
            return false;
        }

        return name.Contains((char)0xFFFD, StringComparison.Ordinal) && TryReadMember(value, name, out member);
    }

    // Names are compared as they are read, not as they are written.
    private static bool TryReadMember(JsonElement value, string name, out JsonElement member)
    {
        member = default;
        var found = false;
        foreach (var property in value.EnumerateObject())
        {
            if (Name(property) == name)
            {
                member = property.Value;
                found = true;
            }
        }

        return found;
    }

    /// <summary>Whether an object stands for a large output that is kept elsewhere: <c>{"$artifact": …}</c>.</summary>
    public static bool IsArtifact(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() <= ArtifactFields && TryMember(value, "$artifact", out _);

    private static string Unescape(ReadOnlySpan<byte> utf8)
    {
        var raw = Encoding.UTF8.GetString(utf8).AsSpan();
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                text.Append((char)ushort.Parse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            text.Append(raw[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var other => other });
        }

        return CleanText.Of(text.ToString(), keepNul: true);
    }
}
