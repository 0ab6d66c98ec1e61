using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>YAML's tags, anchors, aliases and merge keys are not used: they swallow an expression that begins with their sign.</summary>
internal sealed class NoYamlMarks : Rule
{
    public override string Id => "RSP002";

    public override string Title => "No tag (`!x`), anchor (`&x`), alias (`*x`) or merge key (`<<`): each swallows an expression that begins with its sign.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var mark in draft.Yaml.Marks)
        {
            var (what, hint) = mark.Kind switch
            {
                YamlMarkKind.Tag => ($"`{mark.Text}` is a YAML tag here", "quote the whole value where it is an expression that begins with `!`"),
                YamlMarkKind.Anchor => ($"`{mark.Text}` is a YAML anchor here", "quote the whole value where it is text; a playbook has no anchors"),
                YamlMarkKind.Alias => ($"`{mark.Text}` is a YAML alias here", "quote the whole value where it is text; a playbook has no aliases"),
                _ => ("`<<` is a YAML merge key here", "write the keys out; steps that are needed twice go into a playbook of their own and a `call`"),
            };
            findings.Add(mark.At, what, hint);
        }
    }
}
