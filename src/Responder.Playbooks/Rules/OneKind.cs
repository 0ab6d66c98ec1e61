using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>A step is one thing.</summary>
internal sealed class OneKind : Rule
{
    public override string Id => "RSP013";

    public override string Title => "A step has exactly one of the keys that make its kind.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var map in draft.Visits.Where(visit => ReferenceEquals(visit.Slot, StepGrammar.Step)).Select(visit => visit.Node).OfType<YamlMap>())
        {
            var kinds = StepGrammar.KindsOf(map);
            if (kinds.Count == 0)
            {
                var meant = map.Pairs.Select(pair => Nearest.Hint(pair.Key.Value, StepGrammar.Kinds)).FirstOrDefault(hint => hint is not null);
                findings.Add(map.At, "this step does nothing: it has none of " + string.Join(", ", StepGrammar.Kinds), meant);
            }
            else if (kinds.Count > 1)
            {
                findings.Add(map.AtKey(kinds[1]), $"a step is one thing, this has {string.Join(" and ", kinds.Select(kind => $"`{kind}`"))}", "make two steps of it");
            }
        }
    }
}
