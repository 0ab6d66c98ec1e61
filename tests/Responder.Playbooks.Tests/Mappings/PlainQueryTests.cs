using System.Text.Json;
using DevLab.JmesPath;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Responder.Playbooks.Mappings;

namespace Responder.Playbooks.Tests.Mappings;

public sealed class PlainQueryTests
{
    private static readonly string[] Queries =
    [
        "a", "a.b", "a.b.c", "a[0]", "a[-1]", "a[7]", "a[-7]", "a[0].b", "a[1][0]", "\"a.b\"", "\"a b\".c", "a || b", "a && b", "a || b && c", "(a || b) && c", "a && (b || c)",
        "[a]", "[a, b.c, d]", "[a || b, c && d]", " a . b ", "a.\"b\"[0] || c", "_a1.B_2", "[[a], b]", "missing.or.not || c",
    ];

    private static readonly string[] Documents =
    [
        "{}", "{\"a\":null,\"b\":1}", "{\"a\":{\"b\":{\"c\":\"x\"}},\"c\":true}", "{\"a\":[{\"b\":1},[2]],\"b\":{\"c\":[]}}", "{\"a\":\"\",\"b\":false,\"c\":[]}",
        "{\"a\":[],\"b\":{},\"c\":0,\"d\":\"z\"}", "{\"a.b\":7,\"a b\":{\"c\":\"d\"},\"a\":1}", "{\"a\":1,\"a\":2,\"_a1\":{\"B_2\":\"\\u00e4\\n\"}}", "{\"a\":{\"b\":[1,2]},\"c\":\"y\"}",
    ];

    public static TheoryData<string> All => [.. Queries];

    [Theory]
    [MemberData(nameof(All))]
    public void It_finds_what_the_library_finds(string query)
    {
        var plain = PlainQuery.TryParse(query);

        Assert.NotNull(plain);
        foreach (var document in Documents)
        {
            Assert.Equal(ByLibrary(query, document), Text(plain.Find(JsonElement.Parse(document))));
        }
    }

    [Theory]
    [InlineData("a[]")]
    [InlineData("a[*].b")]
    [InlineData("a.*")]
    [InlineData("a[?b]")]
    [InlineData("a[0:1]")]
    [InlineData("a | b")]
    [InlineData("a == b")]
    [InlineData("!a")]
    [InlineData("length(a)")]
    [InlineData("'a'")]
    [InlineData("`1`")]
    [InlineData("@")]
    [InlineData("[0]")]
    [InlineData("[]")]
    [InlineData("a.[b, c]")]
    [InlineData("{a: b}")]
    [InlineData("(a).b")]
    [InlineData("\"a\\\"b\"")]
    [InlineData("a b")]
    [InlineData("a.")]
    [InlineData("a ||")]
    [InlineData("(a")]
    [InlineData("")]
    public void What_is_more_or_wrong_is_left_to_the_library(string query) => Assert.Null(PlainQuery.TryParse(query));

    private static string ByLibrary(string query, string document)
    {
        using var reader = new JsonTextReader(new StringReader(document)) { DateParseHandling = DateParseHandling.None };
        return new JmesPath().Parse(query).Transform(JToken.ReadFrom(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Replace })).AsJToken() is { Type: not JTokenType.Null } found
            ? found.ToString(Formatting.None) : "null";
    }

    private static string Text(JsonElement? found) => found is { } value ? System.Text.Json.JsonSerializer.Serialize(value, Sdk.Json.Options) : "null";
}
