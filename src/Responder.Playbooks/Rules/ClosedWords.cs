using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;
using Responder.Playbooks.Rules.Scoping;
using System.Text.Json;

namespace Responder.Playbooks.Rules;

/// <summary>Which words a name can have, where that is known.</summary>
internal sealed class ClosedWords(Draft draft, Playbook playbook)
{
    private readonly Dictionary<string, Step> _steps = playbook.AllSteps().Where(step => step.Id is not null).DistinctBy(step => step.Id).ToDictionary(step => step.Id!);

    public IReadOnlyList<string>? Of(IReadOnlyList<string> path) => path switch
    {
        ["alert", "severity"] => KnownNames.Severity,
        ["run", "steps", _, "status"] => KnownNames.StepStatus,
        ["run", "steps", _, "error", "kind"] or ["failure", "error", "kind"] or ["error", "kind"] => KnownNames.ErrorKinds,
        ["inputs", var name] => Input(name),
        ["steps", var id, "choice"] when _steps.GetValueOrDefault(id) is ApprovalStep step => Choices(step),
        ["steps", var id, "answer"] when _steps.GetValueOrDefault(id) is ActionStep step && StepFacts.IsAsk(step, draft) => Answers(step),
        _ => null,
    };

    private IReadOnlyList<string>? Input(string name) =>
        playbook.Inputs.FirstOrDefault(input => input.Name == name) is { Enum.Count: > 0, Type.IsList: false } input ? [.. input.Enum.Select(value => value.ToString())] : null;

    private static IReadOnlyList<string>? Choices(ApprovalStep step)
    {
        IReadOnlyList<string> choices = step.Approval.Choices.Count > 0 ? step.Approval.Choices : ["approve", "reject"];

        // An escalation that nobody answers ends in reject.
        return WithTimeout(step.Approval.OnTimeout == "escalate" ? [.. choices, "reject"] : choices, step, "choice");
    }

    private static IReadOnlyList<string>? Answers(ActionStep step) =>
        step.With.GetValueOrDefault("choices") is { } choices && ConstantValue.Of(choices) is { ValueKind: JsonValueKind.Array } list
            ? WithTimeout([.. list.EnumerateArray().Select(choice => choice.ToString())], step, "answer")
            : null;

    private static IReadOnlyList<string>? WithTimeout(IReadOnlyList<string> words, Step step, string field) => step.OnTimeout switch
    {
        null => words,
        MapNode map when map.Fields.FirstOrDefault(one => one.Key == field).Value is ConstantNode { Value: { ValueKind: JsonValueKind.String } value } => [.. words, value.GetString()!],
        _ => null,
    };
}
