using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>A comment behind a value does not hold a part of it.</summary>
internal sealed class CommentsCutNothing : Rule
{
    public override string Id => "RSP004";

    public override string Title => "A comment behind a value holds no `${{` or `}}`, and cuts no expression off (` #` begins a comment).";

    public override void Check(Draft draft, Findings findings)
    {
        var broken = draft.Expressions.Sites.Where(site => site.Problems.Count > 0 && site.Node.Style == YamlDotNet.Core.ScalarStyle.Plain).Select(site => site.Node).ToList();
        foreach (var comment in draft.Yaml.Comments.Where(comment => comment.Inline))
        {
            var cut = broken.FirstOrDefault(node => Begins(draft.Yaml.Text, node.End, comment.At.Line, node));
            if (cut is not null || comment.Text.Contains("${{", StringComparison.Ordinal) || comment.Text.Contains("}}", StringComparison.Ordinal))
            {
                findings.Add(comment.At, "` #` begins a comment, which cuts the value off here", "quote the whole value, or write it on the next line after `>-`");
            }
        }
    }

    // On the line where the scalar ends, with only blanks between.
    private static bool Begins(string text, int end, int line, YamlText node)
    {
        var at = end;
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        var lines = text.AsSpan(node.Index, Math.Max(0, Math.Min(end, text.Length) - node.Index)).Count('\n');
        return at < text.Length && text[at] == '#' && node.At.Line + lines == line;
    }
}
