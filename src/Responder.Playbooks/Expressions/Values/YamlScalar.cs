using System.Text.Json;
using System.Text.RegularExpressions;

namespace Responder.Playbooks.Expressions;

/// <summary>The type of a plain YAML scalar, by YAML 1.2's core schema. What JSON cannot hold (<c>.inf</c>) and numbers with leading zeros stay text.</summary>
internal static partial class YamlScalar
{
    private static readonly JsonElement True = JsonDocument.Parse("true").RootElement;
    private static readonly JsonElement False = JsonDocument.Parse("false").RootElement;

    public static JsonElement Read(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScopeValue.Null.Json,
        "true" or "True" or "TRUE" => True,
        "false" or "False" or "FALSE" => False,
        _ when NumberForm().IsMatch(text) => JsonDocument.Parse(text[0] == '+' ? text[1..] : text).RootElement,
        _ => Text(text),
    };

    public static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, Sdk.Json.Options);

    // JSON's own form, and a plus sign in front: the digits stay as they are written.
    [GeneratedRegex(@"^[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberForm();
}
