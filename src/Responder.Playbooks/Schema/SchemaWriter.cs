using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Playbooks.Language.Grammar;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Schema;

/// <summary>The JSON Schema (draft 7, which editors know best) of a playbook, made from the grammar that the validator uses, with every action's <c>with</c> in it.</summary>
public static class SchemaWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n", Encoder = Json.Options.Encoder };

    /// <summary>Writes the schema.</summary>
    /// <param name="catalog">Every action there is.</param>
    public static string Write(ActionCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Whole(
            "Responder playbook", "Made by `responder schema -o schema/playbook.schema.json`; not written by hand.", PlaybookGrammar.Playbook,
            (slots, definitions) => definitions["step"] = new StepSchemas(slots, catalog, definitions).Of());
    }

    /// <summary>The schema of a file.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="about">Where it comes from.</param>
    /// <param name="grammar">What the file must be.</param>
    /// <param name="define">Adds definitions that it names; null for none.</param>
    internal static string Whole(string title, string about, Slot grammar, Action<SlotSchemas, JsonObject>? define = null)
    {
        var definitions = new JsonObject();
        var slots = new SlotSchemas(definitions);
        var root = slots.Of(grammar);
        var whole = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title, ["description"] = about };
        foreach (var (key, value) in root.ToList())
        {
            root.Remove(key);
            whole[key] = value;
        }

        define?.Invoke(slots, definitions);
        if (definitions.Count > 0)
        {
            whole["definitions"] = definitions;
        }

        return whole.ToJsonString(Indented) + "\n";
    }
}
