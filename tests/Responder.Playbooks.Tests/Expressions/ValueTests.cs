using System.Text.Json;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Playbooks.Tests.Expressions;

public sealed class ValueTests
{
    private static readonly TestScope Scope = new TestScope()
        .With("alert", """{ "id": "a-1", "score": 80, "half": 1.50, "flag": true, "nothing": null, "users": ["a", "b"], "mixed": ["a", 1, null], "device": { "os": "w" }, "time": "2026-01-31T07:00:00.000Z" }""");

    [Theory]
    [InlineData("5", "5")]
    [InlineData("+5", "5")]
    [InlineData("1.50", "1.50")]
    [InlineData("007", "\"007\"")]
    [InlineData("true", "true")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("10.0.0.1", "\"10.0.0.1\"")]
    [InlineData("${{ alert.score }}", "80")]
    [InlineData("${{ alert.half }}", "1.50")]
    [InlineData("${{ alert.flag }}", "true")]
    [InlineData("${{ alert.nothing }}", "null")]
    [InlineData("${{ alert.users }}", "[\"a\", \"b\"]")]
    [InlineData("${{ alert.score }}\n", "80")]
    [InlineData(" ${{ alert.score }}", "\" 80\"")]
    [InlineData("${{ alert.score }}%", "\"80%\"")]
    [InlineData("${{ alert.half }} of ${{ alert.flag }}", "\"1.50 of true\"")]
    [InlineData("for ${{ alert.users }} at ${{ alert.time }}", "\"for a, b at 2026-01-31T07:00:00.000Z\"")]
    [InlineData("${{ alert.nothing ?? '' }}.", "\".\"")]
    [InlineData("${{ JSON.stringify(alert.device) }}.", "\"{\\\"os\\\":\\\"w\\\"}.\"")]
    [InlineData("$ {{ x }} $${{ alert.id }}", "\"$ {{ x }} $a-1\"")]
    public void A_plain_scalar_gives(string text, string json) => Assert.Equal(json, Value(text).Resolve(Scope).GetRawText());

    [Theory]
    [InlineData("${{ alert.nothing }}.", "alert.nothing", "?? ''")]
    [InlineData("${{ alert.device }}.", "alert.device", "JSON.stringify")]
    [InlineData("${{ alert.mixed }}.", "alert.mixed", "a list that holds null")]
    [InlineData("${{ alert.id }} ${{ alert.missing.x }}", "alert.missing.x", "is null")]
    public void In_text_some_values_are_errors_that_name_the_expression(string text, string source, string reason)
    {
        var failure = Assert.Throws<ExpressionFailure>(() => Value(text).Resolve(Scope));
        Assert.Equal(source, failure.Expression);
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("${{", "no }} that ends it")]
    [InlineData("a ${{ 'x }}", "no }} that ends it")]
    [InlineData("${{ }}", "nothing between")]
    [InlineData("${{ a b }}", "not an expression")]
    [InlineData("${{ prefix(alert.id) }}", "prefix(…) means something only")]
    public void Says_what_is_wrong(string text, string message)
    {
        var parsed = ValueParser.Scalar(text, ScalarStyle.Plain, TestScope.At);
        Assert.Null(parsed.Node);
        Assert.Contains(parsed.Problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5", "\"5\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("~", "\"~\"")]
    [InlineData("${{ alert.score }}", "80")]
    public void In_quotes_all_is_text_but_a_whole_expression(string text, string json) =>
        Assert.Equal(json, ValueParser.Scalar(text, ScalarStyle.Quoted, TestScope.At).Node!.Resolve(Scope).GetRawText());

    [Fact]
    public void A_template_keeps_values_apart()
    {
        var node = ValueParser.Scalar("host=${{ alert.id }} path=${{ prefix( alert.time ) }} | head ${{ alert.score }}", ScalarStyle.Plain, TestScope.At, "SPL").Node!;
        var template = JsonSerializer.Deserialize<Template>(node.Resolve(Scope), Json.Options)!;
        Assert.Equal(
            [new("host=", null, false), new(null, "a-1", false), new(" path=", null, false), new(null, "2026-01-31T07:00:00.000Z", true), new(" | head ", null, false), new TemplatePart(null, "80", false)],
            template.Parts);
    }

    [Fact]
    public void A_template_that_is_one_null_is_null_and_a_list_in_a_query_is_an_error()
    {
        Assert.Equal("null", ValueParser.Scalar("${{ alert.nothing }}", ScalarStyle.Plain, TestScope.At, "SPL").Node!.Resolve(Scope).GetRawText());
        Assert.Throws<ExpressionFailure>(() => ValueParser.Scalar("x=${{ alert.users }}", ScalarStyle.Plain, TestScope.At, "SPL").Node!.Resolve(Scope));
        Assert.Contains("a, b", ValueParser.Scalar("for ${{ alert.users }}", ScalarStyle.Plain, TestScope.At, "Markdown").Node!.Resolve(Scope).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_and_references_stand_where_the_file_has_them()
    {
        var at = new SourcePosition(10, 5);
        var problem = Assert.Single(ValueParser.Scalar("a\nb ${{ x = 1 }}", ScalarStyle.Plain, at).Problems);
        Assert.Equal(new SourcePosition(11, 7), problem.At);
        var reference = Assert.Single(ValueParser.Scalar("${{ alert.files[0]?.path }}", ScalarStyle.Plain, at).References);
        Assert.Equal(["alert", "files", "0", "path"], reference.Path);
        Assert.Equal([false, false, false, true], reference.Optional);
        Assert.Equal(new SourcePosition(10, 9), reference.At);
    }

    private static ValueNode Value(string text)
    {
        var parsed = ValueParser.Scalar(text, ScalarStyle.Plain, TestScope.At);
        Assert.True(parsed.Problems.Count == 0, string.Join('\n', parsed.Problems));
        return parsed.Node!;
    }
}
