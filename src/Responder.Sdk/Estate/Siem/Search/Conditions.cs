namespace Responder.Sdk.Estate;

/// <summary>AND, OR, NOT and parentheses over conditions; what one condition is, a search and a <c>where</c> say for themselves.</summary>
internal abstract class Conditions(IReadOnlyList<SplWord> words)
{
    private int _at;

    protected SplWord? Next => _at < words.Count ? words[_at] : null;

    /// <summary>True where two conditions side by side both must hold, as in a search.</summary>
    protected abstract bool JoinsSideBySide { get; }

    protected Func<SearchRow, bool> Whole()
    {
        var all = Any();
        return Next is { } left ? throw SplWords.Wrong($"'{left.Text}' is not expected there") : all;
    }

    protected abstract Func<SearchRow, bool> One();

    protected SplWord Take(string wanted)
    {
        var word = Next ?? throw SplWords.Wrong($"{wanted} is missing at the end");
        _at++;
        return word;
    }

    protected void TakeSign(string sign)
    {
        if (!Take($"'{sign}'").IsSign(sign))
        {
            throw SplWords.Wrong($"'{sign}' is missing");
        }
    }

    private Func<SearchRow, bool> Any()
    {
        var left = All();
        while (Next is { } word && word.Is("OR"))
        {
            Take("OR");
            var (first, second) = (left, All());
            left = row => first(row) || second(row);
        }

        return left;
    }

    private Func<SearchRow, bool> All()
    {
        var left = Not();
        while (Next is { } word && !word.Is("OR") && !word.IsSign(")") && (word.Is("AND") || JoinsSideBySide))
        {
            if (word.Is("AND"))
            {
                Take("AND");
            }

            var (first, second) = (left, Not());
            left = row => first(row) && second(row);
        }

        return left;
    }

    private Func<SearchRow, bool> Not()
    {
        if (Next is { } word && word.Is("NOT"))
        {
            Take("NOT");
            var inner = Not();
            return row => !inner(row);
        }

        if (Next is { } open && open.IsSign("("))
        {
            Take("(");
            var inner = Any();
            TakeSign(")");
            return inner;
        }

        return One();
    }
}
