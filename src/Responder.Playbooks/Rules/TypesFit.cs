using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>A value has the type that its key takes.</summary>
internal sealed class TypesFit : Rule
{
    public override string Id => "RSP011";

    public override string Title => "A value has the type that its key takes; what must hold something is not empty.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits.Skip(1).Where(visit => !visit.Slot.Accepts(visit.Node)))
        {
            if (!(visit.HoldsExpression && ConstantsOnly.IsConstant(visit.Slot)))
            {
                findings.Add(visit.Node.At, $"{visit.Name} takes {visit.Slot.Takes}, this is {What(visit.Node)}", Hint(visit));
            }
        }
    }

    private static string What(YamlNode node) => node switch
    {
        YamlList { Items.Count: 0 } => "an empty list",
        YamlMap { Pairs.Count: 0 } => "an empty map",
        _ => node.What,
    };

    private static string? Hint(Visit visit) => (visit.Slot, visit.Node) switch
    {
        (TextSlot, YamlText { IsNull: false } text) => $"quote it: \"{text.Value}\"",
        (BooleanSlot, YamlText { Value: "yes" or "on" or "Yes" or "On" }) => "write true: in YAML 1.2 `yes` and `on` are text",
        (BooleanSlot, YamlText { Value: "no" or "off" or "No" or "Off" }) => "write false: in YAML 1.2 `no` and `off` are text",
        (IntegerSlot, YamlText text) when Scalars.KindOf(text.Value) == ScalarKind.Integer => "write it without quotes",
        (ListSlot { Item: ShapeSlot }, YamlMap { Pairs.Count: > 0 }) => "begin each step with `- `",
        (ListSlot, YamlText { IsNull: false } text) => $"write [{text.Value}]",
        _ => null,
    };
}
