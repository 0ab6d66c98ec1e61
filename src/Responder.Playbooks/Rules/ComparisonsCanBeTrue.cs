using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>A choice, an answer, a status is compared with one that it can have.</summary>
internal sealed class ComparisonsCanBeTrue : Rule
{
    public override string Id => "RSP043";

    public override string Title => "A choice, answer, status, severity, kind of error or input with `enum` is compared with a value that it can have.";

    public override void Check(Draft draft, Findings findings)
    {
        if (draft.Playbook is not { } playbook)
        {
            return;
        }

        var words = new ClosedWords(draft, playbook);
        foreach (var site in draft.Expressions.Sites)
        {
            foreach (var expression in site.Expressions.Where(expression => expression.Source.Contains('=', StringComparison.Ordinal)))
            {
                foreach (var (path, text) in Comparisons.Of(expression))
                {
                    Look(words.Of(path), text, expression.At, string.Join('.', path), findings);
                }
            }
        }

        foreach (var choice in playbook.AllSteps().OfType<SwitchStep>())
        {
            if (Comparisons.PathOf(choice.Switch) is { } path && draft.NodeOf(choice)["cases"] is YamlMap cases)
            {
                foreach (var (key, _) in cases.Pairs)
                {
                    Look(words.Of(path), key.Value, key.At, string.Join('.', path), findings);
                }
            }
        }
    }

    private static void Look(IReadOnlyList<string>? words, string text, SourcePosition at, string name, Findings findings)
    {
        if (words is not null && !words.Contains(text))
        {
            findings.Add(at, $"`{name}` is never '{text}'", Nearest.Hint(text, words) ?? "it may be " + string.Join(", ", words));
        }
    }
}
