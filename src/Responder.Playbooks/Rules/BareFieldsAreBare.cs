using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>A field that is an expression has no braces round it.</summary>
internal sealed class BareFieldsAreBare : Rule
{
    public override string Id => "RSP053";

    public override string Title => "`when`, `if`, `while`, `foreach`, `switch`, `retry.until`, `match`, `happened` and `evidence` are expressions already: no `${{ }}`.";

    /// <summary>True where this rule says what is wrong.</summary>
    public static bool Says(ExpressionSite site) => site.Bare && site.Node.Value.Contains("${{", StringComparison.Ordinal);

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var site in draft.Expressions.Sites.Where(Says))
        {
            var text = site.Node.Value.Trim();
            var inner = text.StartsWith("${{", StringComparison.Ordinal) && text.EndsWith("}}", StringComparison.Ordinal) ? text[3..^2].Trim() : null;
            findings.Add(site.Node.At, "this is an expression already, without ${{ }}", inner is { Length: > 0 and < 200 } ? "write it bare: " + inner : "write it bare");
        }
    }
}
