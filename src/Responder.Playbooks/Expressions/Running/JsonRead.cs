using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>Reading JSON that somebody else wrote: text with half a surrogate pair, which .NET refuses to read, is read with U+FFFD in its place.</summary>
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
            return Unescape(element.GetRawText().AsSpan()[1..^1]);
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
            var raw = property.ToString();
            return Unescape(raw.AsSpan(1, ClosingQuote(raw) - 1));
        }
    }

    /// <summary>A member by name; the last where a name repeats.</summary>
    public static bool TryMember(JsonElement value, string name, out JsonElement member)
    {
        try
        {
            return value.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
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
        catch (ArgumentException)
        {
            member = default; // half a surrogate pair in the name that is asked for: no JSON name has one
            return false;
        }
    }

    /// <summary>Whether an object stands for a large output that is kept elsewhere: <c>{"$artifact": …}</c>.</summary>
    public static bool IsArtifact(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() <= ArtifactFields && TryMember(value, "$artifact", out _);

    private static int ClosingQuote(string raw)
    {
        var i = 1;
        while (raw[i] != '"')
        {
            i += raw[i] == '\\' ? 2 : 1;
        }

        return i;
    }

    private static string Unescape(ReadOnlySpan<char> raw)
    {
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
