using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>ATT&amp;CK technique ids are written as ATT&amp;CK does.</summary>
internal sealed class AttackIdsHaveTheirForm : Rule
{
    public override string Id => "RSP019";

    public override string Title => "ATT&CK technique ids are T and four digits, with three more behind a dot for a sub-technique.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits)
        {
            if (visit is { Slot: TextSlot { Form: { } form }, Node: YamlText { Kind: ScalarKind.Text } text }
                && form == PlaybookGrammar.Attack && !form.Fits(text.Value))
            {
                findings.Add(text.At, $"'{text.Value}' is no ATT&CK technique id", "write T1074 or T1074.001");
            }
        }
    }
}
