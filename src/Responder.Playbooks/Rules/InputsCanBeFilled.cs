using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;
using System.Text.Json;

namespace Responder.Playbooks.Rules;

/// <summary>An alert or a schedule fills no form.</summary>
internal sealed class InputsCanBeFilled : Rule
{
    public override string Id => "RSP025";

    public override string Title => "A required input of a playbook that an alert or a schedule starts has a default.";

    public override void Check(Draft draft, Findings findings)
    {
        if (draft.Playbook is not { On: { Alert: not null } or { Schedule: not null } } playbook)
        {
            return;
        }

        foreach (var input in playbook.Inputs.Where(input => input.Required && (input.Default is null || IsNull(input))))
        {
            var starter = playbook.On.Alert is not null ? "an alert" : "a schedule";
            findings.Add(input.At, $"`{input.Name}` is required and has no default, so {starter} could never start this", $"give it a default, {(playbook.On.Alert is not null ? "\"${{ alert.… }}\", " : string.Empty)}or say required: false");
        }
    }

    private static bool IsNull(InputDefinition input) => ConstantValue.Of(input.Default!) is { ValueKind: JsonValueKind.Null };
}
