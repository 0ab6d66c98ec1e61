using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Responder.Playbooks.Expressions;

/// <summary>An object of the scope as the engine sees it: members are looked up when they are read, nothing can be changed. Its prototype is the language's own, which <see cref="SafeWorld"/> emptied: a name read of hostile data is never a function.</summary>
internal abstract class ReadOnlyView : ObjectInstance
{
    private Dictionary<string, JsValue?>? _seen;

    protected ReadOnlyView(Engine engine)
        : base(engine)
    {
        PreventExtensions();
    }

    /// <summary>A member, or null where there is none.</summary>
    protected abstract JsValue? Find(string name);

    protected abstract IEnumerable<string> Names();

    /// <summary>Something is asked of it that no name is for: to be spread, to be text.</summary>
    protected virtual void Touch()
    {
    }

    protected override bool TryGetOwnPropertyValue(JsValue property, JsValue receiver, out JsValue value)
    {
        var found = Member(property);
        value = found ?? Undefined;
        return found is not null;
    }

    public override PropertyDescriptor GetOwnProperty(JsValue property) =>
        Member(property) is { } value ? new PropertyDescriptor(value, writable: false, enumerable: true, configurable: false) : PropertyDescriptor.Undefined;

    public override List<JsValue> GetOwnPropertyKeys(Types types = Types.String | Types.Symbol) =>
        (types & Types.String) == 0 ? [] : [.. Names().Distinct(StringComparer.Ordinal).Select(name => (JsValue)new JsString(name))];

    public override IEnumerable<KeyValuePair<JsValue, PropertyDescriptor>> GetOwnProperties() =>
        GetOwnPropertyKeys(Types.String).Select(key => KeyValuePair.Create(key, GetOwnProperty(key)));

    public override bool Set(JsValue property, JsValue value, JsValue receiver) => false;

    public override bool DefineOwnProperty(JsValue property, PropertyDescriptor desc) => false;

    public override bool Delete(JsValue property) => false;

    // Read twice it is the same object: a.b === a.b.
    private JsValue? Member(JsValue property)
    {
        if (property.IsSymbol())
        {
            Touch();
            return null;
        }

        var name = property.ToString();
        _seen ??= new Dictionary<string, JsValue?>(StringComparer.Ordinal);
        if (!_seen.TryGetValue(name, out var value))
        {
            value = Find(name);
            _seen.Add(name, value);
        }

        return value;
    }
}
