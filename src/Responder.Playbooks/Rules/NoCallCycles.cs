using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>A playbook does not call itself, by whatever way round.</summary>
internal sealed class NoCallCycles : LibraryRule
{
    public override string Id => "RSP091";

    public override string Title => "Calls do not go round in a circle.";

    public override void Check(Draft draft, IReadOnlyDictionary<string, Draft> library, Findings findings)
    {
        if (draft.Playbook is not { } playbook)
        {
            return;
        }

        foreach (var call in Calls(playbook))
        {
            if (WayBack(call.Call, playbook.Id, library, [call.Call]) is { } way)
            {
                findings.Add(draft.NodeOf(call).AtKey("call"), $"this call comes back here: {string.Join(" → ", way.Prepend(playbook.Id))}", "put what both need into a third playbook");
            }
        }
    }

    private static IReadOnlyList<string>? WayBack(string from, string to, IReadOnlyDictionary<string, Draft> library, HashSet<string> seen)
    {
        if (from == to)
        {
            return [to];
        }

        foreach (var next in library.TryGetValue(from, out var draft) && draft.Playbook is { } playbook ? Calls(playbook).Select(call => call.Call) : [])
        {
            if ((next == to || seen.Add(next)) && WayBack(next, to, library, seen) is { } way)
            {
                return [from, .. way];
            }
        }

        return null;
    }

    private static IEnumerable<CallStep> Calls(Playbook playbook) => playbook.AllSteps().OfType<CallStep>();
}
