namespace Responder.Connectors.CrowdStrike.Emulator;

/// <summary>As much of FQL as is asked here: <c>field:'value'</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c> and <c>&lt;=</c> of times, lists, <c>+</c> (and), <c>,</c> (or), parentheses, a wildcard at an end of the value.</summary>
internal sealed class FqlFilter
{
    private readonly string _text;
    private int _at;

    private FqlFilter(string text) => _text = text;

    /// <summary>The test; null where the text is no filter.</summary>
    public static Func<Func<string, IEnumerable<string>>, bool>? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return _ => true;
        }

        var filter = new FqlFilter(text);
        return filter.Or() is { } test && filter._at == text.Length ? test : null;
    }

    private Func<Func<string, IEnumerable<string>>, bool>? Or() => Chain(',', And, (left, right) => fields => left(fields) || right(fields));

    private Func<Func<string, IEnumerable<string>>, bool>? And() => Chain('+', One, (left, right) => fields => left(fields) && right(fields));

    private Func<Func<string, IEnumerable<string>>, bool>? Chain(
        char sign, Func<Func<Func<string, IEnumerable<string>>, bool>?> part,
        Func<Func<Func<string, IEnumerable<string>>, bool>, Func<Func<string, IEnumerable<string>>, bool>, Func<Func<string, IEnumerable<string>>, bool>> join)
    {
        var left = part();
        while (left is not null && _at < _text.Length && _text[_at] == sign)
        {
            _at++;
            left = part() is { } right ? join(left, right) : null;
        }

        return left;
    }

    private Func<Func<string, IEnumerable<string>>, bool>? One()
    {
        if (_at < _text.Length && _text[_at] == '(')
        {
            _at++;
            var inner = Or();
            return _at < _text.Length && _text[_at++] == ')' ? inner : null;
        }

        var colon = _text.IndexOf(':', _at);
        if (colon < 0)
        {
            return null;
        }

        var field = _text[_at..colon];
        _at = colon + 1;
        var values = new List<string>();
        var (later, earlier, orSame) = (Takes('>'), Takes('<'), Takes('='));
        if (later || earlier)
        {
            return Value() is { } text && Time(text) is { } from ? fields => fields(field).Any(have => Time(have) is { } at && (later ? at > from : at < from) | (orSame && at == from)) : null;
        }

        if (_at < _text.Length && _text[_at] == '[')
        {
            do
            {
                _at++;
                if (Value() is not { } value)
                {
                    return null;
                }

                values.Add(value);
            }
            while (_at < _text.Length && _text[_at] == ',');
            if (_at >= _text.Length || _text[_at++] != ']')
            {
                return null;
            }
        }
        else if (Value() is { } only)
        {
            values.Add(only);
        }
        else
        {
            return null;
        }

        return fields => fields(field).Any(have => values.Any(value => Fits(have, value)));
    }

    private bool Takes(char sign)
    {
        var found = _at < _text.Length && _text[_at] == sign;
        _at += found ? 1 : 0;
        return found;
    }

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private string? Value()
    {
        if (_at >= _text.Length || _text[_at] != '\'')
        {
            return null;
        }

        var value = new System.Text.StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                value.Append(_text[++_at]);
            }
            else if (_text[_at] == '\'')
            {
                _at++;
                return value.ToString();
            }
            else
            {
                value.Append(_text[_at]);
            }
        }

        return null;
    }

    private static bool Fits(string have, string value) =>
        value.EndsWith('*') ? have.StartsWith(value[..^1], StringComparison.OrdinalIgnoreCase)
        : value.StartsWith('*') ? have.EndsWith(value[1..], StringComparison.OrdinalIgnoreCase)
        : string.Equals(have, value, StringComparison.OrdinalIgnoreCase);
}
