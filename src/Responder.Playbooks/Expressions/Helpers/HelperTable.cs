using System.Collections.Frozen;

namespace Responder.Playbooks.Expressions;

/// <summary>What a helper does: its values, and the time that <c>now()</c> gives.</summary>
/// <exception cref="Stopped">It cannot do it with these values.</exception>
internal delegate PlainValue Helper(ReadOnlySpan<PlainValue> values, DateTimeOffset now);

/// <summary>The helpers by name. The same code serves the plain evaluator and the script engine.</summary>
internal static class HelperTable
{
    public static readonly FrozenDictionary<string, Helper> All = new Dictionary<string, Helper>(StringComparer.Ordinal)
    {
        ["now"] = static (_, now) => PlainValue.Of(Sdk.Json.Time(now)),
        ["add"] = static (values, _) => PlainValue.Of(TimeHelpers.Add(Text("add", values, 0), Text("add", values, 1))),
        ["between"] = static (values, _) => PlainValue.Of(TimeHelpers.Between(Text("between", values, 0), Text("between", values, 1))),
        ["defang"] = static (values, _) => PlainValue.Of(IndicatorHelpers.Defang(Text("defang", values, 0))),
        ["base64_decode"] = static (values, _) => PlainValue.Of(EncodingHelpers.Base64Decode(Text("base64_decode", values, 0), OptionalText("base64_decode", values, 1) ?? "utf-8")),
        ["sha256"] = static (values, _) => PlainValue.Of(EncodingHelpers.Sha256(Text("sha256", values, 0))),
        ["domain_of"] = static (values, _) => IndicatorHelpers.DomainOf(Text("domain_of", values, 0)) is { } domain ? PlainValue.Of(domain) : PlainValue.Null,
        ["basename"] = static (values, _) => PlainValue.Of(PathHelpers.BaseName(Text("basename", values, 0))),
        ["dirname"] = static (values, _) => PlainValue.Of(PathHelpers.DirName(Text("dirname", values, 0))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static string? OptionalText(string helper, ReadOnlySpan<PlainValue> values, int index) =>
        index >= values.Length || values[index].Kind == PlainKind.Undefined ? null : Text(helper, values, index);

    private static string Text(string helper, ReadOnlySpan<PlainValue> values, int index)
    {
        var value = index < values.Length ? values[index] : PlainValue.Undefined;
        if (value.Kind == PlainKind.Text)
        {
            return value.Text;
        }

        var what = value.Kind switch
        {
            PlainKind.Undefined or PlainKind.Null => "null",
            PlainKind.List => "a list",
            PlainKind.Object or PlainKind.Lazy => "an object",
            PlainKind.Number => "a number",
            _ => "a boolean",
        };
        var hint = value.IsNullish ? "; write ?? and another value where it may be missing" : string.Empty;
        throw new Stopped($"{helper}(…) takes text, and value {index + 1} of it is {what}{hint}");
    }
}
