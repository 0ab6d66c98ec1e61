using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>A whole number is in the range of its key.</summary>
internal sealed class NumbersInRange : Rule
{
    public override string Id => "RSP015";

    public override string Title => "A whole number is in the range of its key.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits)
        {
            if (visit is { Slot: IntegerSlot slot, Node: YamlText text } && slot.Accepts(text)
                && !(Scalars.TryInteger(text.Value, out var value) && value >= slot.Min && value <= slot.Max))
            {
                findings.Add(text.At, $"{visit.Name} takes {slot.Takes}, not {text.Value}");
            }
        }
    }
}
