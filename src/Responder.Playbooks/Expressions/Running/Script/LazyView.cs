using Jint;
using Jint.Native;

namespace Responder.Playbooks.Expressions;

/// <summary>A lazy object of the scope: <c>steps</c>, <c>run</c>. A member that it lacks is null.</summary>
internal sealed class LazyView(Engine engine, ScopeObject lazy) : ReadOnlyView(engine)
{
    public ScopeObject Lazy => lazy;

    public override bool HasProperty(JsValue property) => !property.IsSymbol() && (lazy.Keys.Contains(property.ToString()) || !Get(property, this).IsNull());

    protected override JsValue? Find(string name) => ScriptValues.Of(Engine, lazy.Get(name), $"{lazy.Name}.{name}");

    protected override IEnumerable<string> Names() => lazy.Keys;
}
