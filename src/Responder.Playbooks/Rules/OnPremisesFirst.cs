using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>A synced account is switched on again in the cloud by the next sync.</summary>
internal sealed class OnPremisesFirst : Rule
{
    public override string Id => "RSP086";

    public override string Title => "An account is disabled on premises before, or at the same time as, in the cloud: else the next sync switches it on again.";

    public override ProblemLevel Level => ProblemLevel.Warning;

    public override void Check(Draft draft, Findings findings)
    {
        if (draft.Playbook is not { } playbook)
        {
            return;
        }

        var all = StepFacts.WithAncestors(playbook).ToList();
        foreach (var (cloud, inside) in all.Where(one => one.Step is ActionStep { Uses: "identity.disable_user" }))
        {
            var later = all.SkipWhile(one => !ReferenceEquals(one.Step, cloud)).FirstOrDefault(one => one.Step is ActionStep { Uses: "directory.disable_user" } && After(inside, one.Inside));
            if (later.Step is { } onPremises)
            {
                findings.Add(cloud.At, $"the account is disabled in the cloud before it is on premises (line {onPremises.At.Line}); where it is synced, the next sync switches it on again", "disable it on premises first, or both in a `parallel`");
            }
        }
    }

    // One after the other in the end, not side by side in two branches of one step.
    private static bool After(IReadOnlyList<(Step Step, string List)> first, IReadOnlyList<(Step Step, string List)> second)
    {
        var common = first.Zip(second).TakeWhile(pair => ReferenceEquals(pair.First.Step, pair.Second.Step)).ToList();
        return common.All(pair => pair.First.List == pair.Second.List);
    }
}
