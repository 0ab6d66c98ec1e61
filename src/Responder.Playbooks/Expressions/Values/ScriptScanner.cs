namespace Responder.Playbooks.Expressions;

/// <summary>Finds the end of an expression in a text: it knows JavaScript's quotes, templates, regular expressions, comments and braces, so that a <c>}}</c> in one of them is not taken for the end.</summary>
internal ref struct ScriptScanner
{
    private readonly ReadOnlySpan<char> _text;
    private int _at;

    // For each open brace: true where it is the ${ of a template literal, which goes on after it.
    private Stack<bool>? _braces;

    // Whether a / here would begin a regular expression, not divide.
    private bool _operandNext = true;

    private ScriptScanner(ReadOnlySpan<char> text, int start)
    {
        _text = text;
        _at = start;
    }

    /// <summary>The place of the <c>}}</c> that ends the expression; negative where there is none.</summary>
    public static int EndOfHole(ReadOnlySpan<char> text, int start) => new ScriptScanner(text, start).Run();

    private int Run()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '}' && (_braces is null || _braces.Count == 0))
            {
                if (Next(1) == '}')
                {
                    return _at;
                }

                _at++;
            }
            else if (!Token(c))
            {
                return -1;
            }
        }

        return -1;
    }

    private readonly char Next(int by) => _at + by < _text.Length ? _text[_at + by] : '\0';

    private bool Token(char c)
    {
        switch (c)
        {
            case '\'' or '"':
                return Quoted(c);
            case '`':
                _at++;
                return Template();
            case '/' when Next(1) == '/':
                var line = _text[_at..].IndexOfAny('\n', '\r');
                _at = line < 0 ? _text.Length : _at + line;
                return true;
            case '/' when Next(1) == '*':
                var close = _text[(_at + 2)..].IndexOf("*/");
                _at = close < 0 ? _text.Length : _at + 2 + close + 2;
                return true;
            case '/' when _operandNext:
                return RegularExpression();
            case '{':
                (_braces ??= new()).Push(false);
                return Step(operandNext: true);
            case '}':
                _at++;
                if (_braces!.Pop())
                {
                    return Template();
                }

                _operandNext = false;
                return true;
            case ')' or ']':
                return Step(operandNext: false);
            default:
                return char.IsLetterOrDigit(c) || c is '_' or '$' ? Word() : Step(operandNext: char.IsWhiteSpace(c) ? _operandNext : true);
        }
    }

    private bool Step(bool operandNext)
    {
        _at++;
        _operandNext = operandNext;
        return true;
    }

    private bool Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$'))
        {
            _at++;
        }

        var isMember = start > 0 && _text[..start].TrimEnd() is [.., '.'];
        _operandNext = !isMember && _text[start.._at] is "typeof" or "in" or "void" or "instanceof" or "delete" or "return";
        return true;
    }

    private bool Quoted(char quote)
    {
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\\')
            {
                _at++;
            }
            else if (_text[_at] == quote)
            {
                return Step(operandNext: false);
            }
        }

        return false;
    }

    private bool Template()
    {
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\\')
            {
                _at++;
            }
            else if (_text[_at] == '`')
            {
                return Step(operandNext: false);
            }
            else if (_text[_at] == '$' && Next(1) == '{')
            {
                _at += 2;
                (_braces ??= new()).Push(true);
                _operandNext = true;
                return true;
            }
        }

        return false;
    }

    private bool RegularExpression()
    {
        var inClass = false;
        for (_at++; _at < _text.Length && _text[_at] is not ('\n' or '\r'); _at++)
        {
            switch (_text[_at])
            {
                case '\\':
                    _at++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '/' when !inClass:
                    return Step(operandNext: false);
                default:
                    break;
            }
        }

        return false;
    }
}
