using System.Collections.Frozen;

namespace Responder.Playbooks.Expressions;

/// <summary>Names of members through which JavaScript reaches its own machinery. They are gone from the engine too; this gives the message at load.</summary>
internal static class ForbiddenNames
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "constructor", "prototype", "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__",
        "caller", "callee", "apply", "bind", "call",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool Has(string name) => Names.Contains(name);
}
