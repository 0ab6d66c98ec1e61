namespace Responder.Sdk.Estate;

/// <summary>A word, text or sign of a query.</summary>
/// <param name="Text">A word, a quoted text without its marks, or a sign.</param>
/// <param name="Kind">Which of these.</param>
internal readonly record struct SplWord(string Text, SplKind Kind)
{
    public bool Is(string word) => Kind == SplKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(string sign) => Kind == SplKind.Sign && Text == sign;
}

internal enum SplKind
{
    Word,
    Quoted,
    Sign,
}

/// <summary>Takes a query apart.</summary>
internal static class SplWords
{
    /// <summary>The commands between the bars; the first is the search's terms, without the word <c>search</c>.</summary>
    public static List<List<SplWord>> Stages(string query)
    {
        var stages = new List<List<SplWord>> { new() };
        foreach (var word in Words(query))
        {
            if (word.IsSign("|"))
            {
                stages.Add([]);
            }
            else
            {
                stages[^1].Add(word);
            }
        }

        if (stages[0] is [var first, ..] && first.Is("search"))
        {
            stages[0].RemoveAt(0);
        }

        return stages.Count > 1 && stages.Skip(1).Any(stage => stage.Count == 0) ? throw Wrong("there is nothing between two bars, or after the last") : stages;
    }

    public static ActionFailure Wrong(string problem) => new(FailureKind.Invalid, $"The search can't be read: {problem}.");

    private static IEnumerable<SplWord> Words(string query)
    {
        for (var index = 0; index < query.Length;)
        {
            var letter = query[index];
            if (char.IsWhiteSpace(letter))
            {
                index++;
            }
            else if (letter == '"')
            {
                yield return Quoted(query, ref index);
            }
            else if (letter is '[' or ']')
            {
                throw Wrong("the made-up index knows no subsearch");
            }
            else if ("()|,".Contains(letter, StringComparison.Ordinal))
            {
                index++;
                yield return new SplWord(letter.ToString(), SplKind.Sign);
            }
            else if (Sign(query, index) is { } sign)
            {
                index += sign.Length;
                yield return new SplWord(sign == "==" ? "=" : sign, SplKind.Sign);
            }
            else
            {
                var start = index;
                while (index < query.Length && !char.IsWhiteSpace(query[index]) && !"()|,\"[]".Contains(query[index], StringComparison.Ordinal) && Sign(query, index) is null)
                {
                    index++;
                }

                yield return new SplWord(query[start..index], SplKind.Word);
            }
        }
    }

    private static SplWord Quoted(string query, ref int index)
    {
        var text = new System.Text.StringBuilder();
        for (index++; index < query.Length; index++)
        {
            if (query[index] == '"')
            {
                index++;
                return new SplWord(text.ToString(), SplKind.Quoted);
            }

            if (query[index] == '\\' && index + 1 < query.Length && query[index + 1] is '"' or '\\')
            {
                index++;
            }

            text.Append(query[index]);
        }

        throw Wrong("a quotation mark is not closed");
    }

    private static string? Sign(string query, int index) => query[index] switch
    {
        '!' when Next(query, index) == '=' => "!=",
        '<' when Next(query, index) == '=' => "<=",
        '>' when Next(query, index) == '=' => ">=",
        '=' when Next(query, index) == '=' => "==",
        '<' => "<",
        '>' => ">",
        '=' => "=",
        _ => null,
    };

    private static char Next(string query, int index) => index + 1 < query.Length ? query[index + 1] : '\0';
}
