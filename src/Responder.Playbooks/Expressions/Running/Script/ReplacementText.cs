using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Responder.Playbooks.Expressions;

/// <summary>The dollar signs of a replacement: <c>$1</c>, <c>$&amp;</c>, <c>$&lt;name&gt;</c>, as the language has them.</summary>
internal static class ReplacementText
{
    /// <param name="template">The replacement as written.</param>
    /// <param name="found">What a replacing function gets: the match, its groups, the place, the whole text, and named groups where there are some.</param>
    public static string Of(string template, JsValue[] found)
    {
        var named = found[^1] as ObjectInstance;
        var tail = named is null ? 2 : 3;
        var groups = found.Length - tail - 1;
        var match = found[0].ToString();
        var place = (int)TypeConverter.ToNumber(found[^tail]);
        var whole = found[^(tail - 1)].ToString();
        var text = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var next = i + 1 < template.Length ? template[i + 1] : '\0';
            if (template[i] != '$' || next == '\0')
            {
                text.Append(template[i]);
                continue;
            }

            i++;
            switch (next)
            {
                case '$':
                    text.Append('$');
                    break;
                case '&':
                    text.Append(match);
                    break;
                case '`':
                    text.Append(whole, 0, place);
                    break;
                case '\'':
                    text.Append(whole.AsSpan(Math.Min(whole.Length, place + match.Length)));
                    break;
                case '<' when named is not null && template.IndexOf('>', i) is var end and > 0:
                    var group = named.Get(template[(i + 1)..end]);
                    text.Append(group.IsUndefined() ? string.Empty : TypeConverter.ToString(group));
                    i = end;
                    break;
                case >= '0' and <= '9' when Group(template, i, groups) is var (number, digits):
                    text.Append(found[number].IsUndefined() ? string.Empty : found[number].ToString());
                    i += digits - 1;
                    break;
                default:
                    text.Append('$').Append(next);
                    break;
            }
        }

        return text.ToString();
    }

    // Two digits where there are so many groups, else one; not $0.
    private static (int Number, int Digits)? Group(string template, int at, int groups)
    {
        var one = template[at] - '0';
        if (at + 1 < template.Length && char.IsAsciiDigit(template[at + 1]) && (one * 10) + template[at + 1] - '0' is var two and > 0 && two <= groups)
        {
            return (two, 2);
        }

        return one > 0 && one <= groups ? (one, 1) : null;
    }
}
