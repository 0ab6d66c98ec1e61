using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Language;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Rules;

/// <summary>The maps that hold an action's inputs: a step's <c>with</c> and its probe's.</summary>
internal static class ActionFields
{
    /// <summary>Each such map of a known action, with the values in it, and where it would be, should it be missing.</summary>
    public static IEnumerable<(ActionDescriptor Action, IReadOnlyDictionary<string, ValueNode> Values, YamlMap? Map, SourcePosition At)> Of(Draft draft)
    {
        foreach (var step in draft.Playbook?.AllSteps().OfType<ActionStep>() ?? [])
        {
            if (draft.ActionOf(step) is not { } action)
            {
                continue;
            }

            var node = draft.NodeOf(step);
            if (node["with"] is null or YamlMap)
            {
                yield return (action, step.With, node["with"] as YamlMap, node.Has("with") ? node.AtKey("with") : node.AtKey("uses"));
            }

            if (step.Probe is { } probe && node["probe"] is YamlMap map)
            {
                yield return (action, probe.With, map["with"] as YamlMap, map.AtKey("with"));
            }
        }
    }
}
