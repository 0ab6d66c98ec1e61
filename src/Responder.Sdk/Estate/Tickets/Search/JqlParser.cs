namespace Responder.Sdk.Estate;

/// <summary>Takes JQL apart.</summary>
internal sealed class JqlParser
{
    private readonly List<(string Text, bool Quoted)> _words;
    private readonly TicketDesk _desk;
    private readonly DateTimeOffset _now;
    private int _at;

    public JqlParser(string query, TicketDesk desk, DateTimeOffset now)
    {
        _now = now;
        _words = JqlWords.Of(query);
        _desk = desk;
        if (_words.Count == 0 || Is("ORDER"))
        {
            throw Wrong("it is not bounded: name at least a project");
        }
    }

    public static ActionFailure Wrong(string problem) => new(FailureKind.Invalid, $"The JQL can't be read: {problem}.") { Code = "400" };

    public Func<Ticket, bool> Condition() => Any();

    /// <summary>The field to sort by, and whether the greatest is first.</summary>
    public (string Field, bool Descending) Order()
    {
        if (_at == _words.Count)
        {
            return ("created", true);
        }

        Expect("ORDER");
        Expect("BY");
        var field = Take("a field").ToLowerInvariant();
        var descending = Is("DESC");
        if (descending || Is("ASC"))
        {
            _at++;
        }

        return _at < _words.Count ? throw Wrong($"'{_words[_at].Text}' is not expected there") : (field, descending);
    }

    private Func<Ticket, bool> Any()
    {
        var left = All();
        while (Is("OR"))
        {
            _at++;
            var (first, second) = (left, All());
            left = ticket => first(ticket) || second(ticket);
        }

        return left;
    }

    private Func<Ticket, bool> All()
    {
        var left = Not();
        while (Is("AND"))
        {
            _at++;
            var (first, second) = (left, Not());
            left = ticket => first(ticket) && second(ticket);
        }

        return left;
    }

    private Func<Ticket, bool> Not()
    {
        if (Is("NOT"))
        {
            _at++;
            var inner = Not();
            return ticket => !inner(ticket);
        }

        if (!Is("("))
        {
            return Clause();
        }

        _at++;
        var whole = Any();
        Expect(")");
        return whole;
    }

    private Func<Ticket, bool> Clause()
    {
        var field = Take("a field");
        var values = TicketFields.Of(field, _desk);
        var sign = Take("an operator").ToUpperInvariant();
        if (sign == "NOT")
        {
            Expect("IN");
            var none = List();
            return ticket => !values(ticket).Any(have => none.Contains(have, StringComparer.OrdinalIgnoreCase));
        }

        if (sign == "IS")
        {
            var not = Is("NOT");
            _at += not ? 1 : 0;
            Expect("EMPTY");
            return ticket => values(ticket).Any() == not;
        }

        if (sign == "IN")
        {
            var some = List();
            return ticket => values(ticket).Any(have => some.Contains(have, StringComparer.OrdinalIgnoreCase));
        }

        var value = Ago(Take("a value"));
        var contains = Wildcard.Of($"*{value.TrimEnd('*')}*");
        return sign switch
        {
            "=" => ticket => values(ticket).Any(have => string.Equals(have, value, StringComparison.OrdinalIgnoreCase)),
            "!=" => ticket => !values(ticket).Any(have => string.Equals(have, value, StringComparison.OrdinalIgnoreCase)),
            "~" => ticket => values(ticket).Any(contains),
            "!~" => ticket => !values(ticket).Any(contains),
            "<" or "<=" or ">" or ">=" => ticket => values(ticket).Any(have => SearchTerms.Holds(string.CompareOrdinal(have, value), sign)),
            _ => throw Wrong($"'{sign}' is no operator"),
        };
    }

    /// <summary>How long ago, as a time; any other value is what it is.</summary>
    private string Ago(string value) => value is ['-', .. var count, 'm' or 'h' or 'd' or 'w'] && int.TryParse(count, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
        ? Json.Time(_now - (number * value[^1] switch { 'm' => TimeSpan.FromMinutes(1), 'h' => TimeSpan.FromHours(1), 'd' => TimeSpan.FromDays(1), _ => TimeSpan.FromDays(7) })) : value;

    private List<string> List()
    {
        Expect("(");
        var list = new List<string> { Take("a value") };
        while (Is(","))
        {
            _at++;
            list.Add(Take("a value"));
        }

        Expect(")");
        return list;
    }

    private bool Is(string word) => _at < _words.Count && !_words[_at].Quoted && string.Equals(_words[_at].Text, word, StringComparison.OrdinalIgnoreCase);

    private string Take(string wanted) => _at < _words.Count ? _words[_at++].Text : throw Wrong($"{wanted} is missing at the end");

    private void Expect(string word)
    {
        if (!Is(word))
        {
            throw Wrong(_at < _words.Count ? $"'{_words[_at].Text}' stands where '{word}' should" : $"'{word}' is missing at the end");
        }

        _at++;
    }
}

/// <summary>The words of JQL.</summary>
internal static class JqlWords
{
    public static List<(string Text, bool Quoted)> Of(string query)
    {
        var words = new List<(string, bool)>();
        for (var index = 0; index < query.Length;)
        {
            var letter = query[index];
            if (char.IsWhiteSpace(letter))
            {
                index++;
            }
            else if (letter is '"' or '\'')
            {
                words.Add((Quoted(query, ref index), true));
            }
            else if ("(),".Contains(letter, StringComparison.Ordinal))
            {
                words.Add((letter.ToString(), false));
                index++;
            }
            else
            {
                var signs = "=!~<>".Contains(letter, StringComparison.Ordinal);
                var start = index;
                while (index < query.Length && !char.IsWhiteSpace(query[index]) && !"(),\"'".Contains(query[index], StringComparison.Ordinal)
                    && "=!~<>".Contains(query[index], StringComparison.Ordinal) == signs)
                {
                    index++;
                }

                words.Add((query[start..index], false));
            }
        }

        return words;
    }

    private static string Quoted(string query, ref int index)
    {
        var mark = query[index];
        var text = new System.Text.StringBuilder();
        for (index++; index < query.Length; index++)
        {
            if (query[index] == mark)
            {
                index++;
                return text.ToString();
            }

            if (query[index] == '\\' && index + 1 < query.Length)
            {
                index++;
                text.Append(query[index] switch { 'n' => '\n', 'r' => '\r', var other => other });
                continue;
            }

            text.Append(query[index]);
        }

        throw JqlParser.Wrong("a quotation mark is not closed");
    }
}
