using Responder.Playbooks.Expressions;

namespace Responder.Playbooks.Tests.Expressions;

public sealed class HostileExpressionTests
{
    // What every later evaluation would see if one had reached the engine's own objects.
    private static readonly (string Source, string Json)[] Canaries =
    [
        ("({}).polluted ?? [].polluted ?? ''.polluted ?? (x => x).polluted", "null"),
        ("Object.keys({ a: 1 }).concat(Object.keys([]))", "[\"a\"]"),
        ("[1, 2].map(x => x * 2).filter(x => x > 2)", "[4]"),
        ("'ab'.repeat(2).replace(/b/g, 'c')", "\"acac\""),
        ("Math.max(1, 2) + Number('1') + parseInt('2')", "5"),
        ("JSON.stringify({ a: [1] })", "\"{\\\"a\\\":[1]}\""),
        ("alert.list.map(x => x)", "[1,2]"),
        ("/a/g.test('a') && /a/g.test('a')", "true"),
    ];

    private static readonly TestScope Scope = new TestScope().With("alert", """{ "list": [1, 2], "nothing": null, "raw": { "__proto__": { "polluted": 1 }, "constructor": "c" } }""");

    public static TheoryData<string> Refused => [.. HostileSources.Refused];

    public static TheoryData<string> Failing => [.. HostileSources.Failing];

    public static TheoryData<string, string> Harmless
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (source, json) in HostileSources.Harmless)
            {
                rows.Add(source, json);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Is_refused_when_it_is_parsed(string source)
    {
        var parsed = ExpressionParser.Parse(source, TestScope.At);
        var unknown = parsed.Expression is not null && parsed.References.Any(reference => reference.Path[0] is not "alert");
        Assert.True(parsed.Problems.Count > 0 || unknown, "nothing was said against it");
        if (parsed.Expression is { } expression)
        {
            // A name that no scope has: the validator refuses it; here it is null.
            Assert.Throws<ExpressionFailure>(() => expression.Evaluate(Scope));
        }
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public void Fails_and_leaves_nothing_behind(string source)
    {
        var expression = TestScope.Parse(source);
        var failure = Assert.Throws<ExpressionFailure>(() => expression.Evaluate(Scope));
        Assert.NotEmpty(failure.Reason);
        Assert.All(Canaries, canary => Assert.Equal(canary.Json, Scope.Json(canary.Source)));
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Is_worth_only_this(string source, string json)
    {
        Assert.Equal(json, Scope.Json(source));
        Assert.All(Canaries, canary => Assert.Equal(canary.Json, Scope.Json(canary.Source)));
    }

    [Theory]
    [InlineData("!", 15_000)]
    [InlineData("(", 15_000)]
    [InlineData("[", 15_000)]
    [InlineData("a.b().", 3_000)]
    [InlineData("a?.", 6_000)]
    [InlineData("a+", 9_000)]
    [InlineData("a&&", 6_000)]
    [InlineData("a?b:", 4_000)]
    [InlineData("x=>", 6_000)]
    [InlineData("`${", 6_000)]
    [InlineData("-", 15_000)]
    [InlineData("a[0]", 4_900)]
    [InlineData("a()", 4_900)]
    public void However_deep_it_is_a_problem_and_no_crash(string part, int times)
    {
        var source = string.Concat(Enumerable.Repeat(part, times)) + (part is "a[0]" or "a()" ? "" : "a");
        var problems = ExpressionParser.Parse(source, TestScope.At).Problems;
        Assert.Contains(problems, problem => problem.Code is ExpressionCodes.TooLarge or ExpressionCodes.Syntax);
    }

    [Fact]
    public void What_is_too_long_is_a_problem() =>
        Assert.Equal(ExpressionCodes.TooLarge, Assert.Single(ExpressionParser.Parse("'" + new string('a', 20_000) + "'", TestScope.At).Problems).Code);

    [Fact]
    public async Task Evaluations_at_once_do_not_see_each_other()
    {
        var expression = TestScope.Parse("alert.list.map(x => x + '').join(alert.sep + '') + /(\\d)/g.exec(alert.list.join(''))[1] + now()");
        var failing = TestScope.Parse("alert.list.map(x => alert.nothing.y + x)");
        var work = Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var scope = new TestScope { Now = new DateTimeOffset(2026, 1, 1, 0, 0, worker, TimeSpan.Zero) }.With("alert", $$"""{ "list": [{{worker}}, 5], "sep": "-{{worker}}-" }""");
            for (var i = 0; i < 300; i++)
            {
                Assert.Equal($"\"{worker}-{worker}-5{worker}2026-01-01T00:00:0{worker}.000Z\"", expression.Evaluate(scope).GetRawText());
                Assert.Throws<ExpressionFailure>(() => failing.Evaluate(scope));
            }
        }));
        await Task.WhenAll(work);
    }
}
