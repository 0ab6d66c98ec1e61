using Responder.Playbooks.Expressions;
using System.Text.Json;

namespace Responder.Playbooks.Rules;

/// <summary>A value in which nothing is worked out.</summary>
internal static class ConstantValue
{
    private static readonly IScope Nothing = new Empty();

    /// <summary>Its JSON; null where an expression is in it.</summary>
    public static JsonElement? Of(ValueNode node) => node.Expressions().Any() ? null : node.Resolve(Nothing);

    private sealed class Empty : IScope
    {
        public DateTimeOffset Now => default;

        public ScopeValue Get(string name) => ScopeValue.Null;
    }
}
