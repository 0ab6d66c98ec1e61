using System.Collections.Frozen;

namespace Responder.Playbooks.Expressions;

/// <summary>Names of members through which JavaScript reaches its own machinery. They are gone from the engine too; this gives the message at load.</summary>
internal static class ForbiddenNames
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "constructor", "prototype", "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool Has(string name) => Names.Contains(name);

    /// <summary>What is wrong with calling a method of this name; null where nothing is. As names of fields they are fine.</summary>
    public static (string Code, string Message, string? Hint)? Method(string name) => name switch
    {
        "sort" => Changes(name, "write .toSorted((a, b) => …), which gives a new list"),
        "reverse" => Changes(name, "write .toReversed(), which gives a new list"),
        "splice" => Changes(name, "write .toSpliced(…), which gives a new list"),
        "push" or "unshift" => Changes(name, "write [...list, item] or .concat(…), which give a new list"),
        "pop" or "shift" => Changes(name, "write .at(-1) or [0] to read, .slice(…) for the rest"),
        "fill" or "copyWithin" => Changes(name, "write .map(() => value), which gives a new list"),
        "forEach" => (ExpressionCodes.Impure, "`.forEach(…)` gives no value", "write .map(x => …)"),
        "call" or "apply" or "bind" => (ExpressionCodes.Forbidden, $"`.{name}(…)` is not available in an expression", "call the function itself"),
        "hasOwnProperty" => (ExpressionCodes.Forbidden, "`.hasOwnProperty(…)` is not available in an expression", "write Object.hasOwn(object, name), or `name in object`"),
        "toLocaleString" or "toLocaleLowerCase" or "toLocaleUpperCase" => (ExpressionCodes.Forbidden, $"`.{name}(…)` would give another text on another machine", "write the same without Locale"),
        _ => null,
    };

    private static (string Code, string Message, string? Hint) Changes(string name, string hint) =>
        (ExpressionCodes.Impure, $"`.{name}(…)` changes the list; an expression only works out a value", hint);
}
