using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>Two playbooks do not have one id.</summary>
internal sealed class PlaybookIdsOnce : LibraryRule
{
    public override string Id => "RSP094";

    public override string Title => "Two playbooks do not have one id.";

    public override void Check(Draft draft, IReadOnlyDictionary<string, Draft> library, Findings findings)
    {
        if (draft.Playbook is { Id.Length: > 0 } playbook && library.TryGetValue(playbook.Id, out var first) && !ReferenceEquals(first, draft))
        {
            findings.Add((draft.Yaml.Root as YamlMap)?["id"]?.At ?? new SourcePosition(1, 1), $"the id `{playbook.Id}` is taken by {first.File}", "give it another");
        }
    }
}
