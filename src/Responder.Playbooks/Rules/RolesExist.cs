using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>Somebody can answer.</summary>
internal sealed class RolesExist : Rule
{
    // Those of the program; a viewer may not decide.
    public static readonly string[] Deciding = ["analyst", "lead", "author", "admin"];

    public override string Id => "RSP083";

    public override string Title => "A role is one that there is and that may decide: analyst, lead, author, admin.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var (_, _, map) in StepFacts.Approvals(draft))
        {
            foreach (var key in new[] { "roles", "escalate_to" })
            {
                foreach (var role in (map[key] as YamlList)?.Items.OfType<YamlText>().Where(role => !Deciding.Contains(role.Value)) ?? [])
                {
                    findings.Add(role.At, role.Value == "viewer" ? "a viewer may not decide" : $"there is no role `{role.Value}`", Nearest.Hint(role.Value, Deciding) ?? "there are " + string.Join(", ", Deciding));
                }
            }
        }
    }
}
