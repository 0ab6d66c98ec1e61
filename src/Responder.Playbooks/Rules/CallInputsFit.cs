using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Language;

using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A call gives what the playbook called takes.</summary>
internal sealed class CallInputsFit : LibraryRule
{
    public override string Id => "RSP092";

    public override string Title => "A call gives every required input of the playbook called, none that it lacks, and constants that fit.";

    public override void Check(Draft draft, IReadOnlyDictionary<string, Draft> library, Findings findings)
    {
        foreach (var call in draft.Playbook?.AllSteps().OfType<CallStep>() ?? [])
        {
            if (!library.TryGetValue(call.Call, out var called) || called.Playbook is not { } playbook)
            {
                continue;
            }

            var node = draft.NodeOf(call);
            var with = node["with"] as YamlMap;
            foreach (var (key, _) in with?.Pairs.Where(pair => playbook.Inputs.All(input => input.Name != pair.Key.Value)) ?? [])
            {
                findings.Add(key.At, $"`{call.Call}` has no input `{key.Value}`", StepReferences.HintFor(key.Value, [.. playbook.Inputs.Select(input => input.Name)]));
            }

            foreach (var input in playbook.Inputs)
            {
                if (!call.With.TryGetValue(input.Name, out var value))
                {
                    if (input.Required && input.Default is null)
                    {
                        findings.Add(node.AtKey(with is null ? "call" : "with"), $"`{call.Call}` needs `{input.Name}` ({input.Type})", input.Description);
                    }
                }
                else if (ConstantValue.Of(value) is { } constant && InputForms.Check(constant, input) is { } wrong)
                {
                    findings.Add(value.At, wrong);
                }
            }
        }
    }
}
