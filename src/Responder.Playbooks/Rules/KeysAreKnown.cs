using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>A key that nothing reads is a mistake, not a comment.</summary>
internal sealed class KeysAreKnown : Rule
{
    public override string Id => "RSP010";

    public override string Title => "Every key is known where it stands.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits)
        {
            if (visit is { Slot: ShapeSlot slot, Node: YamlMap map })
            {
                var shape = slot.Shape(map);
                foreach (var (key, value) in map.Pairs.Where(pair => shape.Find(pair.Key.Value) is null))
                {
                    // { description: one, two } has a key "two" with nothing behind it.
                    var comma = value is YamlText { IsNull: true } && key.Value.Contains(' ', StringComparison.Ordinal);
                    findings.Add(key.At, $"`{key.Value}` is no key of {shape.Name}", comma ? "inside { } a comma begins the next key: quote the value before it" : Hint(key.Value, shape, slot));
                }
            }
        }
    }

    private static string? Hint(string key, Shape shape, ShapeSlot slot)
    {
        if (ReferenceEquals(slot, StepGrammar.Step) && StepGrammar.Shapes.Where(one => one.Value.Find(key) is not null).Select(one => $"`{one.Key}`").ToList() is { Count: > 0 } kinds)
        {
            return "it belongs to a step of kind " + string.Join(" or ", kinds);
        }

        return Nearest.Hint(key, shape.Keys.Select(known => known.Name))
            ?? (shape.Keys.Count <= 15 ? "there are " + string.Join(", ", shape.Keys.Select(known => known.Name)) : null);
    }
}
