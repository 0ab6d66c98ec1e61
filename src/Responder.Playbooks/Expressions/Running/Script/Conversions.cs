using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Responder.Playbooks.Expressions;

/// <summary><c>String(x)</c>, <c>Number(x)</c>, <c>Boolean(x)</c>: the conversions without the constructors.</summary>
internal sealed class Conversions(Engine engine)
{
    private readonly JsValue _toNumber = engine.Evaluate("Number");

    public static JsValue ToText(JsValue target, JsValue[] arguments) => arguments switch
    {
        [] => JsString.Empty,
        [JsString text, ..] => text,
        [var value, ..] => new JsString(TypeConverter.ToString(value)),
    };

    public JsValue ToNumber(JsValue target, JsValue[] arguments) => _toNumber.Call(JsValue.Undefined, arguments);

    public static JsValue ToBoolean(JsValue target, JsValue[] arguments) => arguments is [var value, ..] && TypeConverter.ToBoolean(value) ? JsBoolean.True : JsBoolean.False;
}
