using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Responder.Playbooks.Expressions;

/// <summary>
/// Searching and replacing. A regular expression that looks for all matches is first tried match by match, time counted, since the engine's own loops look at the
/// clock too seldom; and what a replacement makes is counted as it is made.
/// </summary>
internal sealed class PatternGuards(Engine engine, Budget budget)
{
    private readonly JsValue _split = engine.Evaluate("''.split");
    private readonly JsValue _exec = engine.Evaluate("/a/.exec");

    public JsValue Split(JsValue target, JsValue[] arguments)
    {
        if (arguments is [JsRegExp pattern, ..])
        {
            TryAll(pattern, target);
        }

        return _split.Call(target, arguments);
    }

    public Func<JsValue, JsValue[], JsValue> Match(string name)
    {
        var original = engine.Evaluate("''." + name);
        return (target, arguments) =>
        {
            if (arguments is not [JsRegExp pattern, ..])
            {
                throw new Stopped($"{name}(…) takes a regular expression: write it between slashes, .{name}(/…/); to look for text use .includes(…) or .indexOf(…)");
            }

            if (name != "search" && pattern.Flags.Contains('g', StringComparison.Ordinal))
            {
                TryAll(pattern, target);
            }

            return original.Call(target, arguments);
        };
    }

    public Func<JsValue, JsValue[], JsValue> Replace(string name)
    {
        var original = engine.Evaluate("''." + name);
        return (target, arguments) =>
        {
            var pattern = arguments.Length > 0 ? arguments[0] : JsValue.Undefined;
            var with = arguments.Length > 1 ? arguments[1] : JsValue.Undefined;
            if (pattern is JsRegExp regex)
            {
                TryAll(regex, target);
            }
            else if (pattern is not JsString)
            {
                throw new Stopped($"{name}(…) takes text or a regular expression to look for");
            }

            Func<JsValue[], JsValue> make = with is Function function
                ? found => new JsString(TypeConverter.ToString(function.Call(JsValue.Undefined, found)))
                : Template(with.IsUndefined() ? "undefined" : TypeConverter.ToString(with));
            var counted = new ClrFunction(engine, name, (_, found) =>
            {
                var made = make(found);
                budget.Text(((JsString)made).Length);
                return made;
            });
            budget.Text(target is JsString text ? text.Length : 0);
            return original.Call(target, [pattern, counted]);
        };
    }

    private static Func<JsValue[], JsValue> Template(string with) =>
        with.Contains('$', StringComparison.Ordinal) ? found => new JsString(ReplacementText.Of(with, found)) : _ => new JsString(with);

    // A copy is tried, so that the pattern's own place is not moved.
    private void TryAll(JsRegExp pattern, JsValue target)
    {
        if (target.IsNull() || target.IsUndefined())
        {
            return; // the original says what is wrong
        }

        var text = TypeConverter.ToString(target);
        var flags = new string([.. pattern.Flags.Where(flag => flag is not ('g' or 'y'))]) + "g";
        var copy = engine.Intrinsics.RegExp.Construct([new JsString(pattern.Source), new JsString(flags)]);
        JsValue[] subject = [new JsString(text)];
        double last = -1;
        while (true)
        {
            budget.Check();
            if (_exec.Call(copy, subject).IsNull())
            {
                return;
            }

            // An empty match stays where it is; JavaScript steps on by one.
            var now = TypeConverter.ToNumber(copy.Get("lastIndex"));
            if (now == last || now > text.Length)
            {
                copy.Set("lastIndex", JsNumber.Create(++now));
            }

            last = now;
        }
    }
}
