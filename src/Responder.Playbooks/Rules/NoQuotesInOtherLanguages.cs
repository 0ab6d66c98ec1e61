using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>Where the connector quotes a value, the author does not.</summary>
internal sealed class NoQuotesInOtherLanguages : Rule
{
    public override string Id => "RSP055";

    public override string Title => "In a field of another language (SPL, JQL, a URL path) no quotes stand round a `${{ }}`: the connector quotes the value.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var site in draft.Expressions.Sites)
        {
            // In text for people a quote is a quote.
            if (site.Value is TemplateNode template && template.Language is not ("Markdown" or "HTML"))
            {
                foreach (var hole in Quoted(template.Parts))
                {
                    findings.Add(hole.At, $"this ${{{{ }}}} stands in quotes; the connector quotes the value for {template.Language} itself", "take the quotes away; for `begins with` write ${{ prefix(…) }}");
                }
            }
        }
    }

    private static IEnumerable<Expression> Quoted(IReadOnlyList<TemplateHole> parts)
    {
        var open = '\0';
        foreach (var part in parts)
        {
            if (part.Expression is { } expression)
            {
                if (open != '\0')
                {
                    yield return expression;
                }

                continue;
            }

            for (var index = 0; index < part.Literal!.Length; index++)
            {
                var sign = part.Literal[index];
                if (sign == '\\')
                {
                    index++;
                }
                else if (sign is '"' or '\'' && (open == '\0' || open == sign))
                {
                    open = open == '\0' ? sign : '\0';
                }
            }
        }
    }
}
