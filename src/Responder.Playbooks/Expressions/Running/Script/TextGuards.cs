using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Responder.Playbooks.Expressions;

/// <summary>Functions of text that say how long their result will be before they make it.</summary>
internal sealed class TextGuards(Engine engine, Budget budget)
{
    private readonly JsValue _repeat = engine.Evaluate("''.repeat");

    public JsValue Repeat(JsValue target, JsValue[] arguments)
    {
        var text = target.IsNull() || target.IsUndefined() ? string.Empty : TypeConverter.ToString(target);
        var count = arguments.Length > 0 ? TypeConverter.ToInteger(arguments[0]) : 0;
        if (count > 0)
        {
            budget.Text(text.Length == 0 ? 0 : (long)Math.Min(count, int.MaxValue) * text.Length);
        }

        return _repeat.Call(target, arguments);
    }

    public Func<JsValue, JsValue[], JsValue> Pad(string name)
    {
        var original = engine.Evaluate("''." + name);
        return (target, arguments) =>
        {
            var length = arguments.Length > 0 ? TypeConverter.ToInteger(arguments[0]) : 0;
            budget.Text((long)Math.Clamp(length, 0, int.MaxValue));
            return original.Call(target, arguments);
        };
    }

    /// <summary><c>encodeURIComponent</c> and its like: one character may become nine.</summary>
    public Func<JsValue, JsValue[], JsValue> Uri(string name)
    {
        var original = engine.Evaluate(name);
        return (_, arguments) =>
        {
            var text = TypeConverter.ToString(arguments.Length > 0 ? arguments[0] : JsValue.Undefined);
            budget.Text(9L * text.Length);
            return original.Call(JsValue.Undefined, [new JsString(text)]);
        };
    }

    public JsValue Concat(JsValue target, JsValue[] arguments)
    {
        if (target.IsNull() || target.IsUndefined())
        {
            throw new Stopped("concat is called on null");
        }

        var texts = new string[arguments.Length + 1];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = TypeConverter.ToString(i == 0 ? target : arguments[i - 1]);
            budget.Text(texts[i].Length);
        }

        return new JsString(string.Concat(texts));
    }

    /// <summary>What <c>a + b</c> gave.</summary>
    public static JsValue Sum(JsValue target, JsValue[] arguments)
    {
        // Joined text is made when it is first read; its length is known before.
        if (arguments[0] is JsString { Length: > ExpressionLimits.Text })
        {
            throw Stopped.TextTooLong();
        }

        return arguments[0];
    }

    /// <summary>A value in a template literal.</summary>
    public JsValue Part(JsValue target, JsValue[] arguments)
    {
        var text = arguments[0] as JsString ?? new JsString(TypeConverter.ToString(arguments[0]));
        budget.Text(text.Length);
        return text;
    }
}
