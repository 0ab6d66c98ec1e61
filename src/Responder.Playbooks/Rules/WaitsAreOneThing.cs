using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>A wait is for a duration, until a time, or for an event.</summary>
internal sealed class WaitsAreOneThing : Rule
{
    public override string Id => "RSP023";

    public override string Title => "A `wait` with a map has either `until` or `event`; `match` goes with `event`.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var wait in draft.Playbook?.AllSteps().OfType<WaitStep>() ?? [])
        {
            if (draft.NodeOf(wait)["wait"] is not YamlMap map)
            {
                continue;
            }

            if (map.Has("until") == map.Has("event"))
            {
                findings.Add(map.At, "a wait with a map has either `until` or `event`", "write {until: time}, or {event: name, match: expression}");
            }
            else if (map.Has("match") && !map.Has("event"))
            {
                findings.Add(map.AtKey("match"), "`match` says which event; there is none");
            }
        }
    }
}
