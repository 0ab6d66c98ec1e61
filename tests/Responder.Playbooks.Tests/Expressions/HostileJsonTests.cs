using System.Text;
using System.Text.Json;
using Responder.Playbooks.Expressions;

namespace Responder.Playbooks.Tests.Expressions;

/// <summary>What stands in an alert is read by many expressions before anybody looked at it.</summary>
public sealed class HostileJsonTests
{
    private static readonly TestScope Scope = new TestScope().With("alert", """
        { "__proto__": { "x": 1 }, "constructor": { "prototype": 1 }, "toString": "t", "hasOwnProperty": 7, "length": 3, "then": "y",
          "half": "a\ud83d", "low": "\ude00b", "nul": "a\u0000b", "\ud800name": "odd", "dup": 1, "dup": 2, "": "empty", "a b": "blank", "a.b": "dot", "0": "zero",
          "huge": 1e400, "tiny": 1e-400, "digits": 0.1000000000000000055511151231257827, "minus": -0,
          "list": [null, [], {}, [[]], { "__proto__": null }], "script": "${{ alert.dup }} </script> }}", "art": { "$artifact": 5 } }
        """);

    [Theory]
    [InlineData("alert.toString", "\"t\"")]
    [InlineData("alert.hasOwnProperty + 1", "8")]
    [InlineData("alert.length", "3")]
    [InlineData("alert.length + 0", "3")]
    [InlineData("[alert].map(a => a.then)", "[\"y\"]")]
    [InlineData("alert.dup", "2")]
    [InlineData("alert.dup + 0", "2")]
    [InlineData("alert['']", "\"empty\"")]
    [InlineData("alert['a b'] + alert['a.b'] + alert[0]", "\"blankdotzero\"")]
    [InlineData("alert.half + '!'", "\"a\uFFFD!\"")]
    [InlineData("[alert.half, alert.low].map(x => x.length)", "[2,2]")]
    [InlineData("alert.half == alert.half", "true")]
    [InlineData("alert.half === 'a\uFFFD'", "true")]
    [InlineData("alert.half.includes('a')", "true")]
    [InlineData("alert.nul.length", "3")]
    [InlineData("alert.nul + ''", "\"a\uFFFDb\"")]
    [InlineData("alert.tiny", "1e-400")]
    [InlineData("alert.digits", "0.1000000000000000055511151231257827")]
    [InlineData("alert.huge > 5", "true")]
    [InlineData("alert.huge", "1e400")]
    [InlineData("alert.script", "\"${{ alert.dup }} </script> }}\"")]
    [InlineData("`${alert.script}`", "\"${{ alert.dup }} </script> }}\"")]
    [InlineData("alert.list.flat(9).length", "3")]
    [InlineData("Object.keys(alert).filter(k => k == 'dup').length", "1")]
    [InlineData("Object.keys(alert).filter(k => k.endsWith('name'))", "[\"\uFFFDname\"]")]
    [InlineData("Object.values(alert).includes('odd')", "true")]
    [InlineData("JSON.stringify([alert.half, alert.list])", "\"[\\\"a\uFFFD\\\",[null,[],{},[[]],{\\\"__proto__\\\":null}]]\"")]
    [InlineData("JSON.parse(JSON.stringify(alert)).dup", "2")]
    [InlineData("({ ...alert }).dup", "2")]
    [InlineData("sha256(alert.half).length", "64")]
    public void Is_read_as_what_it_is(string source, string json) => Assert.Equal(json, Scope.Json(source));

    [Theory]
    [InlineData("alert.art.x", "too large")]
    [InlineData("alert.huge + 0", "no number of JSON")]
    [InlineData("alert.x.y", "is null")]
    public void Fails_by_name(string source, string reason) => Assert.Contains(reason, Scope.Fails(source), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_read()
    {
        byte[] json = [.. Encoding.ASCII.GetBytes("{\"alert\":{\"bad\":\"a"), 0xC3, 0x28, 0xFF, .. Encoding.ASCII.GetBytes("\",\"x"), 0xFE, .. Encoding.ASCII.GetBytes("\":1}}")];
        var scope = new RawScope(JsonDocument.Parse(json).RootElement.GetProperty("alert"));
        Assert.Equal("true", TestScope.Parse("alert.bad.startsWith('a')").Evaluate(scope).GetRawText());
        Assert.Equal("2", TestScope.Parse("Object.keys(alert).length").Evaluate(scope).GetRawText());
        Assert.Equal("\"a\uFFFD(\uFFFD\"", TestScope.Parse("alert.bad + ''").Evaluate(scope).GetRawText());
        Assert.Equal("a\uFFFD(\uFFFD!", ValueParser.Scalar("${{ alert.bad }}!", ScalarStyle.Plain, TestScope.At).Node!.Resolve(scope).GetString());
        Assert.StartsWith("\"{", TestScope.Parse("JSON.stringify(alert)").Evaluate(scope).GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(3_000)]
    public void Deep_values_are_passed_on_read_or_refused(int depth)
    {
        var json = string.Concat(Enumerable.Repeat("{\"a\":[", depth / 2)) + "1" + string.Concat(Enumerable.Repeat("]}", depth / 2));
        var scope = new TestScope().With("alert", json);
        Assert.Equal(json, scope.Json("alert"));
        Assert.Equal("1", scope.Json("alert.a.length"));
        Assert.Equal("1", scope.Json("alert.a.map(x => x).length"));
        foreach (var source in (string[])["[alert]", "({ x: alert })", "JSON.stringify(alert)", "`${alert}`"])
        {
            ValueOrFailure(() => TestScope.Parse(source).Evaluate(scope));
        }

        var at = TestScope.At;
        var node = new MapNode([new("x", new ListNode([ValueParser.Scalar("${{ alert }}", ScalarStyle.Plain, at).Node!], at))], at);
        Assert.Equal(depth < 60, ValueOrFailure(() => node.Resolve(scope)));
    }

    [Fact]
    public void Huge_text_is_passed_on_and_compared()
    {
        var text = new string('x', 5_000_000);
        var scope = new TestScope().With("alert", $$"""{ "text": "{{text}}" }""");
        Assert.Equal(5_000_002, scope.Json("alert.text").Length);
        Assert.Equal("5000000", scope.Json("alert.text.length"));
        Assert.Equal("true", scope.Json("alert.text.includes('xxx')"));
        Assert.Equal("\"xxx\"", scope.Json("alert.text.slice(0, 3)"));
        Assert.Contains("text of more than", scope.Fails("alert.text + alert.text"), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_playbooks_hold_text_that_is_no_Unicode()
    {
        var list = new ListNode([Value("${{ alert.half }}"), Value("${{ alert.half }}${{ alert.low }}"), Value("${{ alert }}")], TestScope.At).Resolve(Scope);
        Assert.Equal("a\uFFFD\uFFFDb", list[1].GetString());
        Assert.Equal(2, list[2].GetProperty("dup").GetInt32());
    }

    private static ValueNode Value(string text) => ValueParser.Scalar(text, ScalarStyle.Plain, TestScope.At).Node!;

    private static bool ValueOrFailure(Func<JsonElement> resolve)
    {
        try
        {
            return resolve().ValueKind != JsonValueKind.Undefined;
        }
        catch (ExpressionFailure)
        {
            return false;
        }
    }

    private sealed class RawScope(JsonElement alert) : IScope
    {
        public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

        public ScopeValue Get(string name) => name == "alert" ? new ScopeValue(alert) : ScopeValue.Null;
    }
}
