using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>A list.</summary>
/// <param name="Items">The items in order.</param>
/// <param name="At">Where it is written.</param>
public sealed record ListNode(IReadOnlyList<ValueNode> Items, SourcePosition At) : ValueNode(At)
{
    /// <inheritdoc/>
    public override JsonElement Resolve(IScope scope) => BuiltValue.Of(this, writer =>
    {
        writer.WriteStartArray();
        foreach (var item in Items)
        {
            BuiltValue.Copy(item.Resolve(scope), writer);
        }

        writer.WriteEndArray();
    });

    /// <inheritdoc/>
    public override IEnumerable<Expression> Expressions() => Items.SelectMany(item => item.Expressions());
}
