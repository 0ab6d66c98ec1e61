using System.Text.Json;
using CsCheck;
using Responder.Playbooks.Expressions;

namespace Responder.Playbooks.Tests.Expressions;

public sealed class ExpressionPropertyTests
{
    private static readonly TestScope Scope = new TestScope()
        .With("alert", """
            { "id": "a-1", "score": 80, "zero": 0, "minus": -3.5, "flag": true, "off": false, "text": "", "nothing": null, "num": "80", "attack": ["T1074.001", "T1005", 7, null, true],
              "process": { "pid": 4789, "name": "cmd.exe" }, "list": [], "time": "2026-01-31T07:00:00.000Z" }
            """)
        .Step("host", """{ "id": "dev-1", "n": 5 }""");

    private static readonly Gen<string> Path = One(
        "alert.id", "alert.score", "alert.zero", "alert.minus", "alert.flag", "alert.off", "alert.text", "alert.nothing", "alert.num", "alert.attack", "alert.attack[0]", "alert.attack[9]", "alert.attack.length",
        "alert.process", "alert.process.name", "alert.process?.nope", "alert.nope?.x.y", "alert.nothing.x", "alert.id.length", "alert['id']", "alert.list", "alert.time", "steps.host.id", "steps.host?.n", "steps.gone",
        "steps.gone?.x", "steps.gone.x", "unknown", "unknown?.x", "now()");

    private static readonly Gen<string> Leaf = Gen.OneOf(
        Path,
        One("'a-1'", "''", "'T1005'", "'80'", "80", "0", "-3.5", "true", "false", "null", "undefined", "7", "'cmd.exe'", "`x`"));

    private static readonly Gen<string> Plain = Gen.Recursive<string>((depth, inner) => depth >= 3 ? Leaf : Gen.OneOf(
        Leaf,
        inner.Select(a => $"!({a})"),
        Gen.Select(inner, One("&&", "||", "==", "!=", "===", "!==", "<", "<=", ">", ">="), inner, (a, op, b) => $"(({a}) {op} ({b}))"),
        Gen.Select(inner, inner, (a, b) => $"(({a}) ?? ({b}))"),
        Gen.Select(inner, inner, inner, (a, b, c) => $"(({a}) ? ({b}) : ({c}))"),
        Gen.Select(Path, One("?.", "."), One("includes", "startsWith", "endsWith"), inner, (a, link, method, b) => $"{a}{link}{method}({b})"),
        Gen.Select(Path, One("'-30m'", "'1d'", "alert.id"), (time, duration) => $"add({time}, {duration})"),
        Gen.Select(inner, inner, (a, b) => $"`${{{a}}}-${{{b}}}`"),
        Gen.Select(inner, inner, (a, b) => $"(({a}) + ({b}))")));

    private static readonly Gen<string> Any = Gen.Recursive<string>((depth, inner) => depth >= 4 ? Leaf : Gen.OneOf(
        Plain,
        Gen.Select(inner, One("map", "filter", "some", "flatMap", "find", "toSorted", "reduce"), inner, (a, method, b) => $"({a}).{method}((x, y) => {b})"),
        Gen.Select(inner, One("toUpperCase()", "length", "at(-1)", "slice(1)", "split('')", "join('x')", "flat()", "x", "toString()", "repeat(3)", "concat(alert.id)", "match(/./g)", "replace(/a/g, x => x + x)", "trim()"), (a, member) => $"({a}).{member}"),
        Gen.Select(inner, inner, (a, b) => $"[{a}, ...({b})]"),
        Gen.Select(inner, inner, (a, b) => $"({{ a: {a}, ...({b}) }})"),
        Gen.Select(inner, One("-", "*", "/", "%", "**", "in", "&", ">>>"), inner, (a, op, b) => $"(({a}) {op} ({b}))"),
        Gen.Select(One("JSON.stringify", "JSON.parse", "Object.keys", "Object.entries", "Number", "String", "Boolean", "Array.isArray", "Math.max", "encodeURIComponent", "defang", "basename", "dirname", "domain_of", "sha256", "base64_decode"), inner, (f, a) => $"{f}({a})"),
        inner.Select(a => $"typeof ({a})")));

    [Fact]
    public void The_hand_and_the_engine_agree() => Plain.Sample(
        source =>
        {
            var expression = Assert.IsType<CheckedExpression>(ExpressionParser.Parse(source, TestScope.At).Expression, exactMatch: false);
            var (byHand, byEngine) = (Outcome(() => expression.Evaluate(Scope)), Outcome(() => expression.EvaluateByScript(Scope)));
            Assert.True(Same(byHand, byEngine), $"{source}: by hand {byHand}, by the engine {byEngine}");
            if (byHand is { } value)
            {
                Assert.Equal(Truth(value), expression.IsTrue(Scope));
            }
        },
        iter: 4_000, threads: 1);

    [Fact]
    public void Whatever_is_written_it_gives_JSON_or_a_failure() => Any.Sample(
        source =>
        {
            if (ExpressionParser.Parse(source, TestScope.At).Expression is not { } expression)
            {
                return;
            }

            if (Outcome(() => expression.Evaluate(Scope)) is { } value)
            {
                Assert.NotEqual(JsonValueKind.Undefined, value.ValueKind);
                Assert.Equal(value.GetRawText(), expression.Evaluate(Scope).GetRawText());
                expression.IsTrue(Scope);
            }
        },
        iter: 3_000, threads: 1);

    [Fact]
    public void Whatever_text_comes_parsing_gives_an_expression_or_problems() => Gen.OneOf(
        Gen.String,
        One("${{", "}}", "{", "}", "'", "\"", "`", "${", "/", "//", "/*", "*/", "\\", "(", ")", "[", "]", "a", ".", "?.", "=>", "=", "+", "++", ",", " ", "\n", "1", "0x", "1e", "#", "@", "\0", "\ud800", "\u2028", "async ", "await ", "new ", "in ", "...", "eval", "_", "$").List[0, 24].Select(parts => string.Concat(parts)))
        .Sample(
            text =>
            {
                var parsed = ExpressionParser.Parse(text, TestScope.At);
                Assert.Equal(parsed.Problems.Count == 0, parsed.Expression is not null);
                var value = ValueParser.Scalar(text, ScalarStyle.Plain, TestScope.At);
                Assert.Equal(value.Problems.Count == 0, value.Node is not null);
                var template = ValueParser.Scalar("x ${{ " + text + " }}", ScalarStyle.Quoted, TestScope.At, "SPL");
                Assert.Equal(template.Problems.Count == 0, template.Node is not null);
            },
            iter: 20_000, threads: 1);

    [Fact]
    public void The_end_of_an_expression_is_found_whatever_is_in_it()
    {
        var expression = One(
            "alert.id", "'}}'", "\"}}\"", "`}}`", "`${'}}'}`", "`a${ { a: { b: 1 } }.a.b }}}`", "/}}/.test(alert.id)", "/[/}}]/.test('x')", "({ a: { b: 1 }})", "({a:{}})", "alert.list.map(x => ({ x: { x }}))",
            "1 / 2 /* }} */", "4 / 2 / 1", "'\\'}}'", "`\\`}}`", "alert.id /* ' */", "'${{'", "[{}]", "`${`${'}}'}`}`", "(alert.score) / 2 + '}}'.length / 1");
        var literal = One("", "a", " and ", "}}", "}", "$", "{{", "'", "\"", "`", "/", "\\", "// x", "/* ", "€", "\n");
        Gen.Select(literal, expression, literal, expression, literal).Sample(
            (before, first, between, second, after) =>
            {
                var parsed = ValueParser.Scalar($"{before}${{{{ {first} }}}}{between}${{{{{second}}}}}{after}", ScalarStyle.Quoted, TestScope.At);
                if (second.EndsWith('}'))
                {
                    return; // without a blank its brace would be the end's
                }

                Assert.True(parsed.Problems.Count == 0, string.Join(';', parsed.Problems.Select(problem => problem.Message)));
                Assert.Equal([first, second], parsed.Node!.Expressions().Select(one => one.Source));
                var texts = Assert.IsType<TextNode>(parsed.Node).Parts.Where(part => part.Literal is not null).Select(part => part.Literal!);
                Assert.Equal(before + between + after, string.Concat(texts));
            },
            iter: 4_000, threads: 1);
    }

    private static Gen<string> One(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static JsonElement? Outcome(Func<JsonElement> evaluate)
    {
        try
        {
            return evaluate();
        }
        catch (ExpressionFailure)
        {
            return null;
        }
    }

    private static bool Same(JsonElement? a, JsonElement? b) => (a, b) switch
    {
        (null, null) => true,
        ({ } x, { } y) => JsonElement.DeepEquals(x, y),
        _ => false,
    };

    private static bool Truth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => value.GetString()!.Length > 0,
        _ => true,
    };
}
