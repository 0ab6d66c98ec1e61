using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>A playbook's id is kebab-case and its folder's name.</summary>
internal sealed class IdIsTheFolder : Rule
{
    public override string Id => "RSP018";

    public override string Title => "A playbook's id is kebab-case and equals its folder's name.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var visit in draft.Visits)
        {
            if (visit is { Slot: TextSlot { Form: { } form }, Node: YamlText { Kind: ScalarKind.Text } text, HoldsExpression: false }
                && form == PlaybookGrammar.Id && !form.Fits(text.Value))
            {
                var better = string.Join('-', text.Value.ToLowerInvariant().Split(['_', ' ', '-', '.'], StringSplitOptions.RemoveEmptyEntries));
                findings.Add(text.At, $"{visit.Name} takes {form.Takes}, not '{text.Value}'", form.Fits(better) ? $"write `{better}`" : null);
            }
        }

        var parts = draft.File.Split('/', '\\');
        if (parts is [.., var folder, "playbook.yaml" or "playbook.yml"] && folder.Trim('.').Length > 0
            && (draft.Yaml.Root as YamlMap)?["id"] is YamlText { Value: var id } node && id != folder)
        {
            findings.Add(node.At, $"the id is `{id}` and the folder is `{folder}`", "give both the same name");
        }
    }
}
