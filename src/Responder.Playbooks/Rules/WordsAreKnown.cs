using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>Where a key takes one of a few words, it is one of them.</summary>
internal sealed class WordsAreKnown : Rule
{
    public override string Id => "RSP016";

    public override string Title => "Where a key takes one of a few words, it is one of them.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits)
        {
            if (visit is { Slot: WordSlot slot, Node: YamlText { IsNull: false } text, HoldsExpression: false } && !slot.Words.Contains(text.Value))
            {
                findings.Add(text.At, $"{visit.Name} takes {slot.Takes}, not `{text.Value}`", Nearest.Hint(text.Value, slot.Words));
            }
        }
    }
}
