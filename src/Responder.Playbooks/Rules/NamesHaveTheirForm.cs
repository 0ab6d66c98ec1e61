using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>Names of steps, inputs, variables, branches, outputs, choices, events and actions are written as names are.</summary>
internal sealed class NamesHaveTheirForm : Rule
{
    public override string Id => "RSP017";

    public override string Title => "Names are small letters, digits and `_`, beginning with a letter; an action is `capability.action`.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits)
        {
            if (visit is { Slot: NamesSlot { Form: { } form } names, Node: YamlMap map })
            {
                foreach (var (key, _) in map.Pairs.Where(pair => !form.Fits(pair.Key.Value)))
                {
                    findings.Add(key.At, $"`{key.Value}` cannot name {names.Names}: {form.Takes}", Hint(key.Value, form));
                }
            }
            else if (visit is { Slot: TextSlot { Form: { } written }, Node: YamlText { Kind: ScalarKind.Text } text, HoldsExpression: false }
                && !IsOthers(written) && !written.Fits(text.Value))
            {
                findings.Add(text.At, $"{visit.Name} takes {written.Takes}, not '{text.Value}'", Hint(text.Value, written));
            }
        }
    }

    private static bool IsOthers(TextForm form) => form == PlaybookGrammar.Id || form == PlaybookGrammar.Attack;

    private static string? Hint(string text, TextForm form)
    {
        var better = new string([.. text.ToLowerInvariant().Select(sign => sign is '-' or ' ' ? '_' : sign)]);
        return form.Fits(better) ? $"write `{better}`" : null;
    }
}
