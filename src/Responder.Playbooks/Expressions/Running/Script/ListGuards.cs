using System.Runtime.CompilerServices;
using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Responder.Playbooks.Expressions;

/// <summary>Functions of lists that go into lists inside them. One list may be in another many times, so what they make is counted, and so are their steps.</summary>
internal sealed class ListGuards(Engine engine, Budget budget)
{
    public JsValue Join(JsValue target, JsValue[] arguments) => Join(target, arguments.Length == 0 || arguments[0].IsUndefined() ? "," : TypeConverter.ToString(arguments[0]));

    public JsValue ToText(JsValue target, JsValue[] arguments) => Join(target, ",");

    public JsValue Flat(JsValue target, JsValue[] arguments)
    {
        var depth = arguments.Length == 0 || arguments[0].IsUndefined() ? 1 : TypeConverter.ToInteger(arguments[0]);
        var items = new List<JsValue>();
        Flatten(AsList(target, "flat"), depth, items);
        return new JsArray(engine, [.. items]);
    }

    private JsString Join(JsValue target, string separator)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var list = AsList(target, "join");
        var text = new StringBuilder();
        for (uint i = 0; i < list.Length; i++)
        {
            var item = list[i];
            var part = item.IsNull() || item.IsUndefined() ? string.Empty : TypeConverter.ToString(item);
            budget.Text(part.Length + separator.Length);
            text.Append(i == 0 ? string.Empty : separator).Append(part);
        }

        return new JsString(text.ToString());
    }

    private void Flatten(JsArray list, double depth, List<JsValue> items)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        for (uint i = 0; i < list.Length; i++)
        {
            budget.Check();
            if (list[i] is JsArray inner && depth >= 1)
            {
                Flatten(inner, depth - 1, items);
                continue;
            }

            items.Add(list[i]);
            if (items.Count > ExpressionLimits.List)
            {
                throw Stopped.ListTooLong();
            }
        }
    }

    private static JsArray AsList(JsValue target, string name) =>
        target as JsArray ?? throw new Stopped($"{name}(…) is a function of lists, and this is {(target is ObjectInstance ? "an object" : "no list")}");
}
