using Acornima;

namespace Responder.Playbooks.Expressions;

/// <summary>The parser's complaints in words that a playbook's author knows.</summary>
internal static class SyntaxWords
{
    public static string Describe(ParseErrorException error, string source, int offset)
    {
        if (offset >= source.TrimEnd().Length)
        {
            return "it ends too soon";
        }

        var text = error.Description;
        return text.Length == 0 ? "it cannot be read here" : char.ToLowerInvariant(text[0]) + text[1..];
    }

    public static string? Hint(string source, int offset)
    {
        if (source.StartsWith("${{", StringComparison.Ordinal))
        {
            return "this field is an expression already: write it bare, without ${{ }}";
        }

        foreach (var (word, operation) in Words)
        {
            if (string.CompareOrdinal(source, offset, word, 0, word.Length) == 0)
            {
                return $"write {operation} for `{word}`";
            }
        }

        return null;
    }

    private static readonly (string Word, string Operator)[] Words = [("and", "&&"), ("or", "||"), ("not", "!"), ("is", "=="), ("contains", ".includes(…)")];
}
