using System.Collections.Frozen;

namespace Responder.Playbooks.Expressions;

/// <summary>The members of built-in names that an expression may use.</summary>
internal static class BuiltInMembers
{
    /// <summary>By name; a name that is missing here has none.</summary>
    public static readonly FrozenDictionary<string, FrozenSet<string>> Allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Math"] =
        [
            "E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2", "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil",
            "clz32", "cos", "cosh", "exp", "expm1", "floor", "fround", "hypot", "imul", "log", "log10", "log1p", "log2", "max", "min", "pow", "round", "sign",
            "sin", "sinh", "sqrt", "tan", "tanh", "trunc",
        ],
        ["JSON"] = ["parse", "stringify"],
        ["Object"] = ["keys", "values", "entries", "fromEntries", "hasOwn", "is"],
        ["Array"] = ["isArray", "from", "of"],
        ["String"] = ["fromCharCode", "fromCodePoint"],
        ["Number"] =
        [
            "isInteger", "isFinite", "isNaN", "isSafeInteger", "parseInt", "parseFloat", "EPSILON", "MAX_SAFE_INTEGER", "MIN_SAFE_INTEGER", "MAX_VALUE", "MIN_VALUE",
            "NaN", "NEGATIVE_INFINITY", "POSITIVE_INFINITY",
        ],
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The message where the member may not be used; null where it may, or where the owner is no built-in.</summary>
    public static string? Refuse(string owner, string member) =>
        ExpressionNames.BuiltIns.Contains(owner) && !(Allowed.TryGetValue(owner, out var members) && members.Contains(member))
            ? $"`{owner}.{member}` is not available in an expression"
            : null;

    public static string? Hint(string owner, string member) => (owner, member) switch
    {
        ("Math", "random") => "an expression gives the same value each time it is worked out",
        _ when Allowed.TryGetValue(owner, out var members) => $"{owner} has " + string.Join(", ", members.Order(StringComparer.Ordinal)),
        _ => null,
    };
}
