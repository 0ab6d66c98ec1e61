using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>Durations and times that are constants can be read.</summary>
internal sealed class DurationsParse : Rule
{
    public override string Id => "RSP014";

    public override string Title => "A constant duration is a whole number and s, m, h or d, and is not nothing; a constant time is RFC 3339.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits.Where(visit => visit.Slot is DurationSlot && visit.Slot.Accepts(visit.Node) && !visit.HoldsExpression))
        {
            Look(visit.Name, ((YamlText)visit.Node).Value, visit.Node.At, findings);
        }

        foreach (var wait in draft.Playbook?.AllSteps().OfType<WaitStep>() ?? [])
        {
            if (wait.For is ConstantNode { Value: var value, At: var at })
            {
                Look("`wait`", value.ToString(), at, findings);
            }
            else if (wait.For is ListNode or TextNode)
            {
                findings.Add(wait.For.At, "`wait` takes a duration (" + Durations.Form + ")");
            }

            if (wait.Until is ConstantNode { Value: var until } time && !Forms.Fits("time", until.ToString()))
            {
                findings.Add(time.At, $"`until` takes {Forms.Describe("time")}, not '{until}'", "an expression is written in ${{ }}");
            }
        }
    }

    private static void Look(string name, string text, SourcePosition at, Findings findings)
    {
        if (!Durations.TryParse(text, out var duration))
        {
            findings.Add(at, $"{name} takes a duration, not '{text}'", Hint(text));
        }
        else if (duration == TimeSpan.Zero)
        {
            findings.Add(at, $"{name} is no time at all");
        }
    }

    private static string Hint(string text) => text.Length > 0 && text.All(char.IsAsciiDigit) ? $"which unit? {text}s, {text}m, {text}h or {text}d" : "write " + Durations.Form;
}
