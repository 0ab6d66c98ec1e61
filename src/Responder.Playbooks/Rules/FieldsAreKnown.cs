using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>What is given is something that the action takes.</summary>
internal sealed class FieldsAreKnown : Rule
{
    public override string Id => "RSP062";

    public override string Title => "`with` has no field that the action does not take.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var (action, _, map, _) in ActionFields.Of(draft))
        {
            foreach (var (key, _) in map?.Pairs.Where(pair => action.Input(pair.Key.Value) is null) ?? [])
            {
                var names = action.Inputs.Select(field => field.Name).ToList();
                findings.Add(key.At, $"`{action.Name}` takes no `{key.Value}`", Nearest.Hint(key.Value, names) ?? (names.Count > 0 ? "it takes " + string.Join(", ", names) : "it takes nothing"));
            }
        }
    }
}
