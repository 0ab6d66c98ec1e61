using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Language.Reading;

/// <summary>A node, what it had to be, and the key it stands at.</summary>
internal sealed record Visit(YamlNode Node, Slot Slot, YamlText? Key)
{
    /// <summary>For messages: <c>`timeout`</c>.</summary>
    public string Name => Key is null ? "this" : $"`{Key.Value}`";

    /// <summary>Every node that the grammar reaches, in the order of the file.</summary>
    /// <param name="root">The file.</param>
    /// <param name="grammar">What the file must be.</param>
    public static IReadOnlyList<Visit> Walk(YamlNode root, Slot grammar)
    {
        var found = new List<Visit>();
        Walk(root, grammar, null, found);
        return found;
    }

    /// <summary>True where a constant is wanted and the node holds an expression.</summary>
    public bool HoldsExpression => Node is YamlText text && text.Value.Contains("${{", StringComparison.Ordinal);

    private static void Walk(YamlNode node, Slot slot, YamlText? key, List<Visit> found)
    {
        found.Add(new Visit(node, slot, key));
        if (!slot.Accepts(node))
        {
            return;
        }

        foreach (var (inner, innerSlot, innerKey) in slot.Inside(node))
        {
            Walk(inner, innerSlot, innerKey ?? (slot is EitherSlot or LazySlot ? key : null), found);
        }
    }
}
