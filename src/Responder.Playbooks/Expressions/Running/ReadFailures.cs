using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>What is said where something is read that is not there.</summary>
internal static class ReadFailures
{
    public static ExpressionFailure OfNull(IReadOnlyList<string> path, string member, Expression owner) => Failure(OfNull(path, member), owner);

    /// <param name="path">What is null.</param>
    /// <param name="member">What was to be read of it.</param>
    public static string OfNull(IReadOnlyList<string> path, string member) => path switch
    {
        ["steps", var step] => $"step `{step}` has no result here, so `{member}` cannot be read: it has not run, or was skipped, or failed. Where that may be, write steps.{step}?.{member} ?? …",
        ["alert"] => $"there is no alert here, so `{member}` cannot be read: a scheduled or manual run has none. Where that may be, write alert?.{member} ?? …",
        _ => OfNull(string.Join('.', path), member),
    };

    /// <param name="text">What is null, as it is written.</param>
    /// <param name="member">What was to be read of it.</param>
    public static string OfNull(string text, string member) =>
        $"`{text}` is null, so `{member}` cannot be read of it. Where that may be, write {text}?.{(IsName(member) ? member : $"[{member}]")} ?? …";

    public static ExpressionFailure OfArtifact(JsonElement reference, string text, Expression owner) => Failure(OfArtifact(reference, text), owner);

    /// <param name="reference">The reference.</param>
    /// <param name="text">What it was read as.</param>
    public static string OfArtifact(JsonElement reference, string text)
    {
        var name = JsonRead.TryMember(reference, "name", out var given) && given.ValueKind == JsonValueKind.String ? $"`{JsonRead.Text(given)}`" : "an artifact";
        var size = JsonRead.TryMember(reference, "size", out var bytes) && bytes.ValueKind == JsonValueKind.Number ? $" ({bytes.GetRawText()} bytes)" : string.Empty;
        return $"`{text}` is too large to be read in an expression: it is kept as {name}{size}. Use the sums that the action returns beside it (count, bytes, …), ask the action for less, or pass it on whole";
    }

    private static bool IsName(string member) => member.Length > 0 && !char.IsAsciiDigit(member[0]) && member.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');

    private static ExpressionFailure Failure(string message, Expression owner) => new(message, owner.Source, owner.At);
}
