using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>A map.</summary>
/// <param name="Fields">Names and values in the order written.</param>
/// <param name="At">Where it is written.</param>
public sealed record MapNode(IReadOnlyList<KeyValuePair<string, ValueNode>> Fields, SourcePosition At) : ValueNode(At)
{
    /// <inheritdoc/>
    public override JsonElement Resolve(IScope scope) => BuiltValue.Of(this, writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in Fields)
        {
            writer.WritePropertyName(name);
            BuiltValue.Copy(value.Resolve(scope), writer);
        }

        writer.WriteEndObject();
    });

    /// <inheritdoc/>
    public override IEnumerable<Expression> Expressions() => Fields.SelectMany(field => field.Value.Expressions());
}
