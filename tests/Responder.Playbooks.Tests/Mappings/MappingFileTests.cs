using System.Text.Json;
using Responder.Playbooks.Mappings;

namespace Responder.Playbooks.Tests.Mappings;

public sealed class MappingFileTests
{
    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("source: Bad Name\nshapes: []", "is no name")]
    [InlineData("source: generic\nshapes: []", "is taken")]
    [InlineData("source: x", "`shapes` is missing")]
    [InlineData("source: x\nshapes:\n  - { name: a, when: 'a[', fields: {} }", "is no JMESPath")]
    [InlineData("source: x\nshapes:\n  - { name: a, when: a, fields: { hostname: b } }", "did you mean `device.hostname`?")]
    [InlineData("source: x\nshapes:\n  - { name: a, when: a, fields: {}, severities: { high: 101 } }", "from 0 to 100")]
    [InlineData("source: x\nshapes:\n  - { name: a, wenn: a, fields: {} }", "`wenn` is no key of a shape")]
    [InlineData("source: [x", "It is no YAML")]
    public void A_problem_says_where_it_is_and_what_to_do(string yaml, string message)
    {
        var failure = Assert.Throws<MappingFailure>(() => MappingFile.Read(yaml, "own.yaml"));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.All(failure.Problems, problem => Assert.Equal("own.yaml", problem.File));
    }

    [Theory]
    [InlineData("a || b", """{"b":1}""", "1")]
    [InlineData("concat(a, '/', b)", """{"a":"x","b":7}""", "\"x/7\"")]
    [InlineData("concat(a, '/', b)", """{"b":7}""", "null")]
    [InlineData("path(a, b)", """{"a":"C:\\t","b":"f.exe"}""", "\"C:\\\\t\\\\f.exe\"")]
    [InlineData("path(a, b)", """{"a":"C:\\t\\f.exe","b":"f.exe"}""", "\"C:\\\\t\\\\f.exe\"")]
    [InlineData("from_json(a).b", """{"a":"{\"b\":\"2024-01-01T00:00:00Z\"}"}""", "\"2024-01-01T00:00:00Z\"")]
    [InlineData("from_json(a).b", """{"a":"{"}""", "null")]
    [InlineData("scale(a, `15`)", """{"a":"12"}""", "80")]
    [InlineData("hash(a) == hash(b)", """{"a":{"x":1,"y":[{"p":1,"q":2}]},"b":{"y":[{"q":2,"p":1}],"x":1}}""", "true")]
    [InlineData("hash(a) == hash(b)", """{"a":{"x":1},"b":{"x":"1"}}""", "false")]
    [InlineData("hash(a)", "{}", "null")]
    [InlineData("starts_with(a, 'x')", """{"a":[1]}""", "null")]
    [InlineData("time", """{"time":"2024-02-28T14:15:33-05:00"}""", "\"2024-02-28T14:15:33-05:00\"")]
    public void A_query_finds(string query, string document, string found) =>
        Assert.Equal(found, JsonSerializer.Serialize(new Query(query).Find(new JsonDocumentView(JsonElement.Parse(document))), Sdk.Json.Options));

    [Fact]
    public void One_query_serves_many_threads()
    {
        var query = new Query("items[?id == wanted].name | [0]");
        var query2 = new Query("join('-', items[].name)");

        Parallel.For(0, 2000, i =>
        {
            var document = new JsonDocumentView(JsonElement.Parse($$"""{"items":[{"id":1,"name":"n{{i}}"},{"id":2,"name":"x"}]}"""));
            Assert.Equal($"n{i}-x", query2.Find(document).GetString());
            Assert.Equal(JsonValueKind.Null, query.Find(document).ValueKind);
        });
    }
}
