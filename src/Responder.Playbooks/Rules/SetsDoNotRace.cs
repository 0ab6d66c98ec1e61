using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>Two things at work at once do not change one variable.</summary>
internal sealed class SetsDoNotRace : Rule
{
    public override string Id => "RSP040";

    public override string Title => "`set` in a branch of a `parallel`, or in a loop with `at_once` over 1, touches no variable that is used outside it.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var set in draft.Scopes.Variables.Where(use => use.Sets))
        {
            var race = set.Regions
                .Select(region => (Region: region, Other: draft.Scopes.Variables.FirstOrDefault(use => use.Name == set.Name && !use.Regions.Contains(region))))
                .FirstOrDefault(one => one.Other is not null);
            if (race.Other is { } other)
            {
                findings.Add(set.At, $"`{set.Name}` is set in {race.Region.What} and {(other.Sets ? "set" : "read")} outside it, at line {other.At.Line}: which comes first is chance", "give the value by a step's result, or set it after the branches have settled");
            }
        }
    }
}
