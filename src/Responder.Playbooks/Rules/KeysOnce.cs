using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>A map has each key once.</summary>
internal sealed class KeysOnce : Rule
{
    public override string Id => "RSP003";

    public override string Title => "A key is written once in a map.";

    public override void Check(Draft draft, Findings findings)
    {
        if (draft.Yaml.Root is { } root)
        {
            Look(root, findings);
        }
    }

    private static void Look(YamlNode node, Findings findings)
    {
        if (node is YamlMap map)
        {
            var seen = new Dictionary<string, YamlText>();
            foreach (var (key, value) in map.Pairs)
            {
                if (!seen.TryAdd(key.Value, key))
                {
                    findings.Add(key.At, $"`{key.Value}` is there already, at line {seen[key.Value].At.Line}", "take one of the two away");
                }

                Look(value, findings);
            }
        }

        foreach (var item in (node as YamlList)?.Items ?? [])
        {
            Look(item, findings);
        }
    }
}
