using System.Text.Json;
using Responder.Playbooks.Expressions;

namespace Responder.Engine.Matching;

/// <summary>What the expressions of a start can see: <c>alert</c>, and <c>inputs</c> once they are resolved.</summary>
/// <param name="alert">The alert; JSON's null in a run without one.</param>
/// <param name="now">The time of the start.</param>
internal sealed class StartScope(JsonElement alert, DateTimeOffset now) : IScope
{
    public DateTimeOffset Now => now;

    public JsonElement? Inputs { get; set; }

    public ScopeValue Get(string name) => name switch
    {
        "alert" => new ScopeValue(alert),
        "inputs" when Inputs is { } inputs => new ScopeValue(inputs),
        _ => ScopeValue.Null,
    };
}
