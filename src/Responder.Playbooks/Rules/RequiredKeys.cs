using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>What must be there is there.</summary>
internal sealed class RequiredKeys : Rule
{
    public override string Id => "RSP012";

    public override string Title => "A key that is required is there.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits)
        {
            if (visit is { Slot: ShapeSlot slot, Node: YamlMap map } && !(ReferenceEquals(slot, StepGrammar.Step) && StepGrammar.KindsOf(map).Count != 1))
            {
                var shape = slot.Shape(map);
                foreach (var key in shape.Keys.Where(key => key.Required && !map.Has(key.Name) && !LoopsEnd.Says(map, key.Name)))
                {
                    findings.Add(map.At, $"{shape.Name} needs `{key.Name}`: {key.Slot.Takes}", key.About);
                }
            }
        }
    }
}
