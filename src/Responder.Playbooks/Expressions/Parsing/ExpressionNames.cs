using System.Collections.Frozen;

namespace Responder.Playbooks.Expressions;

/// <summary>The names that every expression knows, whatever its scope.</summary>
public static class ExpressionNames
{
    /// <summary>The helpers, with how they are called.</summary>
    public static IReadOnlyDictionary<string, string> Helpers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["now"] = "now()",
        ["add"] = "add(time, duration)",
        ["between"] = "between(a, b)",
        ["defang"] = "defang(text)",
        ["base64_decode"] = "base64_decode(text, encoding)",
        ["sha256"] = "sha256(text)",
        ["domain_of"] = "domain_of(text)",
        ["basename"] = "basename(path)",
        ["dirname"] = "dirname(path)",
        ["prefix"] = "prefix(text)",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>JavaScript's own names that an expression may use.</summary>
    public static IReadOnlySet<string> BuiltIns { get; } = new[]
    {
        "undefined", "NaN", "Infinity", "Math", "JSON", "Object", "Array", "String", "Number", "Boolean",
        "parseInt", "parseFloat", "isNaN", "isFinite", "encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a step, input, var or loop item may not have this name, because an expression could not read it.</summary>
    /// <param name="name">The name.</param>
    public static bool IsReserved(string name) => Helpers.ContainsKey(name) || BuiltIns.Contains(name);
}
