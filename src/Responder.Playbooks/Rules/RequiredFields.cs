using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>What an action needs is given.</summary>
internal sealed class RequiredFields : Rule
{
    public override string Id => "RSP061";

    public override string Title => "`with` has every field that the action requires.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var (action, values, _, at) in ActionFields.Of(draft))
        {
            foreach (var field in action.Inputs.Where(field => field.Required && !values.ContainsKey(field.Name)))
            {
                findings.Add(at, $"`{action.Name}` needs `{field.Name}` ({field.TypeName})", field.About.Length > 0 ? field.About : null);
            }
        }
    }
}
