using Responder.Sdk;

namespace Responder.Connectors.CrowdStrike.Falcon;

/// <summary>Values in Falcon's filter language: each is one quoted text, whatever is in it.</summary>
internal static class Fql
{
    /// <summary>A value between quotes. <c>*</c> is a wildcard in FQL and can't be escaped, so a value must not hold one.</summary>
    /// <exception cref="ActionFailure">It holds a wildcard or a control character.</exception>
    public static string Quote(string value) => value.Any(letter => letter == '*' || char.IsControl(letter))
        ? throw new ActionFailure(FailureKind.Invalid, $"'{value}' holds a wildcard or a control character, which can't be a value of a Falcon filter.")
        : $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>Equal: <c>field:'value'</c>.</summary>
    public static string Is(string field, string value) => $"{field}:{Quote(value)}";

    /// <summary>Begins with: <c>field:'value*'</c>.</summary>
    public static string Begins(string field, string value) => $"{field}:{Quote(value)[..^1]}*'";
}
