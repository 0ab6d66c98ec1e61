using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using System.Text.RegularExpressions;

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
                foreach (var (key, _) in map.Pairs.Where(pair => !Fits(pair.Key.Value, form)))
                {
                    findings.Add(key.At, $"`{key.Value}` cannot name {names.Names}: {form.Takes}", Hint(key.Value, form));
                }
            }
            else if (visit is { Slot: TextSlot { Form: { } written }, Node: YamlText { Kind: ScalarKind.Text } text, HoldsExpression: false }
                && !IsOthers(written) && !Fits(text.Value, written))
            {
                findings.Add(text.At, $"{visit.Name} takes {written.Takes}, not '{text.Value}'", Hint(text.Value, written));
            }
        }
    }

    /// <summary>True where the whole text has the form.</summary>
    public static bool Fits(string text, TextForm form) => Regex.IsMatch(text, $@"\A(?:{form.Pattern})\z", RegexOptions.CultureInvariant);

    private static bool IsOthers(TextForm form) => form == PlaybookGrammar.Id || form == PlaybookGrammar.Attack;

    private static string? Hint(string text, TextForm form)
    {
        var better = new string([.. text.ToLowerInvariant().Select(sign => sign is '-' or ' ' ? '_' : sign)]);
        return Fits(better, form) ? $"write `{better}`" : null;
    }
}
