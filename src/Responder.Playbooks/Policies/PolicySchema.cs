using Responder.Playbooks.Schema;

namespace Responder.Playbooks.Policies;

/// <summary>The JSON Schema of a policy file, made from the grammar that the reader uses.</summary>
public static class PolicySchema
{
    /// <summary>Writes the schema.</summary>
    public static string Write() => SchemaWriter.Whole("Responder policy", "Made by `responder schema --of policy -o schema/policy.schema.json`; not written by hand.", PolicyGrammar.Policy);
}
