using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>A name that an expression could not read is not given.</summary>
internal sealed class NamesCanBeRead : Rule
{
    public override string Id => "RSP022";

    public override string Title => "A step, input, variable, output or form field has no name that expressions refuse; a loop's item none that is taken.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits)
        {
            if (visit is { Slot: NamesSlot { Form: not null }, Node: YamlMap map })
            {
                foreach (var (key, _) in map.Pairs.Where(pair => ForbiddenNames.Has(pair.Key.Value)))
                {
                    findings.Add(key.At, $"no expression may read the name `{key.Value}`", $"write `{key.Value}_`, or another name");
                }
            }
            else if (visit is { Key.Value: "id", Slot: TextSlot { Form: { } form }, Node: YamlText id } && form == PlaybookGrammar.Name && ForbiddenNames.Has(id.Value))
            {
                findings.Add(id.At, $"no expression may read the name `{id.Value}`", $"write `{id.Value}_`, or another name");
            }
        }

        foreach (var loop in draft.Playbook?.AllSteps().OfType<ForeachStep>() ?? [])
        {
            if (StepGrammar.ScopeNames.Contains(loop.As) || ExpressionNames.IsReserved(loop.As) || ForbiddenNames.Has(loop.As))
            {
                findings.Add(draft.NodeOf(loop)["as"]!.At, $"`{loop.As}` has a meaning already", "give the item another name");
            }
        }
    }
}
