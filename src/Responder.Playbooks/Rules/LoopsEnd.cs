using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>A while loop says how often at most.</summary>
internal sealed class LoopsEnd : Rule
{
    public override string Id => "RSP026";

    public override string Title => "A `while` says its `max`.";

    /// <summary>True where this rule says that the key is missing.</summary>
    public static bool Says(YamlMap map, string key) => key == "max" && map.Has("while");

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var map in draft.Visits.Where(visit => ReferenceEquals(visit.Slot, StepGrammar.Step)).Select(visit => visit.Node).OfType<YamlMap>())
        {
            if (map.Has("while") && !map.Has("max"))
            {
                findings.Add(map.AtKey("while"), "a `while` needs `max`: the most passes it may take", "reaching it fails the step; write max: 10");
            }
        }
    }
}
