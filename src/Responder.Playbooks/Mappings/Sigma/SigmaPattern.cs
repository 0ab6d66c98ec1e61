using System.Text;

namespace Responder.Playbooks.Mappings.Sigma;

/// <summary>A value with Sigma's wildcards: <c>*</c> any text, <c>?</c> one character, both plain after a backslash, as is a backslash.</summary>
internal sealed class SigmaPattern
{
    private const char Any = '\uE000';
    private const char One = '\uE001';
    private readonly string _tokens;
    private readonly bool _cased;

    private SigmaPattern(string tokens, bool cased) => (_tokens, _cased) = (tokens, cased);

    public static SigmaPattern Parse(string text, bool cased, bool openStart = false, bool openEnd = false)
    {
        var tokens = new StringBuilder(text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            // Sigma specification, "Escaping": a backslash is one by itself, and takes its meaning from a wildcard or another backslash behind it.
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '*' or '?' or '\\')
            {
                tokens.Append(text[++i]);
            }
            else
            {
                tokens.Append(text[i] switch { '*' => Any, '?' => One, var plain => plain });
            }
        }

        if (openStart && (tokens.Length == 0 || tokens[0] != Any))
        {
            tokens.Insert(0, Any);
        }

        if (openEnd && (tokens.Length == 0 || tokens[^1] != Any))
        {
            tokens.Append(Any);
        }

        return new SigmaPattern(tokens.ToString(), cased);
    }

    public bool Matches(string text)
    {
        var comparison = _cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var inner = _tokens.AsSpan();
        bool start = inner.Length > 0 && inner[0] == Any, end = inner.Length > 1 && inner[^1] == Any;
        inner = inner[(start ? 1 : 0)..(inner.Length - (end ? 1 : 0))];
        return inner.IndexOfAny(Any, One) >= 0 ? Glob(text)
            : (start, end) switch
            {
                (true, true) => text.AsSpan().Contains(inner, comparison),
                (true, false) => text.AsSpan().EndsWith(inner, comparison),
                (false, true) => text.AsSpan().StartsWith(inner, comparison),
                _ => text.AsSpan().Equals(inner, comparison),
            };
    }

    // Goes back only to the last `*`: never more than text times pattern.
    private bool Glob(string text)
    {
        int at = 0, token = 0, star = -1, mark = 0;
        while (at < text.Length)
        {
            if (token < _tokens.Length && (_tokens[token] == One || (_tokens[token] != Any && Same(_tokens[token], text[at]))))
            {
                at++;
                token++;
            }
            else if (token < _tokens.Length && _tokens[token] == Any)
            {
                star = token++;
                mark = at;
            }
            else if (star >= 0)
            {
                token = star + 1;
                at = ++mark;
            }
            else
            {
                return false;
            }
        }

        return _tokens.AsSpan(token).Trim(Any).IsEmpty;
    }

    private bool Same(char one, char other) => one == other || (!_cased && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
