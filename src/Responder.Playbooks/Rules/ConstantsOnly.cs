using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>Keys that are read before a run starts take constants.</summary>
internal sealed class ConstantsOnly : Rule
{
    public override string Id => "RSP021";

    public override string Title => "A key that takes a constant holds no `${{ }}`.";

    /// <summary>True for what is read at load.</summary>
    public static bool IsConstant(Slot slot) => slot is TextSlot or WordSlot or IntegerSlot or BooleanSlot or DurationSlot or ConstantSlot;

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits.Where(visit => visit.HoldsExpression && IsConstant(visit.Slot)))
        {
            findings.Add(visit.Node.At, $"{visit.Name} takes a constant: it is read when the playbook is loaded", Hint(visit));
        }
    }

    private static string? Hint(Visit visit) => visit.Key?.Value switch
    {
        "call" => "use `switch` with a `call` in each case",
        "uses" => "use `switch` with a step in each case",
        "outcome" => "use `if` with a `stop` in each branch; `reason` takes ${{ }}",
        _ => null,
    };
}
