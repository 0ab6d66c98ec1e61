using System.Text.Json;
using Responder.Playbooks.Expressions;

namespace Responder.Engine.Planning;

/// <summary>A run's scope that notes whether an expression read something that is not known yet.</summary>
/// <param name="inner">The run's scope.</param>
/// <param name="isUnknown">Whether a step's result is not known.</param>
/// <param name="unknownNames">Names of the first level that are not known: a loop's item, variables.</param>
internal sealed class PlanScope(IScope inner, Func<string, bool> isUnknown, IReadOnlySet<string> unknownNames) : IScope
{
    public bool ReadUnknown { get; private set; }

    public DateTimeOffset Now => inner.Now;

    public ScopeValue Get(string name)
    {
        ReadUnknown |= unknownNames.Contains(name);
        var value = inner.Get(name);
        return value.Lazy is { } lazy ? new ScopeValue(new Watched(this, lazy, lazy.Name is "steps" or "run.steps")) : value;
    }

    private sealed class Watched(PlanScope scope, ScopeObject inner, bool steps) : ScopeObject
    {
        public override string Name => inner.Name;

        public override IEnumerable<string> Keys => inner.Keys;

        public override ScopeValue Get(string key)
        {
            scope.ReadUnknown |= steps && scope.Unknown(key);
            var value = inner.Get(key);
            return value.Lazy is { } lazy ? new ScopeValue(new Watched(scope, lazy, lazy.Name is "steps" or "run.steps")) : value;
        }
    }

    private bool Unknown(string id) => isUnknown(id);

    /// <summary>What stands for a value that is not known yet.</summary>
    public static JsonElement Marker(string path) => JsonSerializer.SerializeToElement($"‹{path}›", Sdk.Json.Options);
}
