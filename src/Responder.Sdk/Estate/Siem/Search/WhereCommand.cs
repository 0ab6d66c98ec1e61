using System.Globalization;
using System.Text.RegularExpressions;

namespace Responder.Sdk.Estate;

/// <summary><c>where</c>: fields against numbers, quoted texts or other fields; <c>like</c>, <c>isnull</c>, <c>isnotnull</c>. Case matters.</summary>
internal sealed class WhereCommand : Conditions
{
    private WhereCommand(IReadOnlyList<SplWord> words)
        : base(words)
    {
    }

    protected override bool JoinsSideBySide => false;

    public static Func<SearchRow, bool> Parse(IReadOnlyList<SplWord> words) => new WhereCommand(words).Whole();

    protected override Func<SearchRow, bool> One()
    {
        var word = Take("a condition");
        if (word.Kind == SplKind.Word && Next is { } open && open.IsSign("("))
        {
            return Function(word.Text);
        }

        var left = Operand(word);
        var sign = Take("a comparison");
        if (sign is not { Kind: SplKind.Sign, Text: "=" or "!=" or "<" or "<=" or ">" or ">=" })
        {
            throw SplWords.Wrong($"'{sign.Text}' stands where a comparison should");
        }

        var right = Operand(Take("a value"));
        return row => left(row) is { } first && right(row) is { } second && SearchTerms.Holds(SearchRow.Compare(first, second, StringComparison.Ordinal), sign.Text);
    }

    private Func<SearchRow, bool> Function(string name)
    {
        TakeSign("(");
        var field = Take("a field").Text;
        Func<SearchRow, bool> made;
        switch (name.ToLowerInvariant())
        {
            case "isnull":
                made = row => !row.Fields.ContainsKey(field);
                break;
            case "isnotnull":
                made = row => row.Fields.ContainsKey(field);
                break;
            case "like":
                TakeSign(",");
                var pattern = new Regex(
                    "^" + Regex.Escape(Take("a pattern").Text).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal) + "$",
                    RegexOptions.Singleline | RegexOptions.NonBacktracking);
                made = row => row.Fields.TryGetValue(field, out var have) && pattern.IsMatch(SearchRow.Text(have));
                break;
            default:
                throw SplWords.Wrong($"the made-up index knows no function '{name}'");
        }

        TakeSign(")");
        return made;
    }

    private static Func<SearchRow, object?> Operand(SplWord word) => word switch
    {
        { Kind: SplKind.Quoted } => _ => word.Text,
        { Kind: SplKind.Sign } => throw SplWords.Wrong($"'{word.Text}' stands where a field or a value should"),
        _ when long.TryParse(word.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => _ => whole,
        _ when double.TryParse(word.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => _ => number,
        _ => row => row.Fields.TryGetValue(word.Text, out var value) ? value : null,
    };
}
