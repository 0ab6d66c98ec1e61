using System.Text.Json;
using Responder.Playbooks.Expressions;

namespace Responder.Playbooks.Tests.Expressions;

public sealed class EvaluationTests
{
    private static readonly TestScope Scope = new TestScope()
        .With("alert", """
            { "id": "a-1", "severity_score": 80, "big": 12345678901234567890, "half": 1.50, "attack": ["T1074.001", "T1005"], "flag": true, "nothing": null,
              "process": { "cmd_line": "cmd.exe /c copy \"a b\"", "pid": 4789, "parent": { "image": "C:\\Windows\\explorer.exe" } },
              "files": [ { "path": "C:\\temp\\a.txt", "size": 10 }, { "path": "C:\\temp\\b.kdbx", "size": 32 } ], "empty": [], "text": "" }
            """)
        .With("inputs", """{ "hostname": "ENG-WS-045", "users": ["a@x.com", "b@x.com"] }""")
        .Step("host", """{ "id": "dev-1", "tags": ["lab"] }""")
        .Step("sysmon", """{ "count": 0, "rows": { "$artifact": "sha256:ab", "name": "sysmon.rows.json", "size": 400000, "media_type": "application/json" } }""");

    [Theory]
    [InlineData("alert.id", "\"a-1\"")]
    [InlineData("alert['id']", "\"a-1\"")]
    [InlineData("alert.attack[1]", "\"T1005\"")]
    [InlineData("alert.attack[7]", "null")]
    [InlineData("alert.attack.length", "2")]
    [InlineData("alert.id.length", "3")]
    [InlineData("alert.missing", "null")]
    [InlineData("alert.missing?.deep.er", "null")]
    [InlineData("alert.nothing?.deep", "null")]
    [InlineData("alert.big", "12345678901234567890")]
    [InlineData("alert.half", "1.50")]
    [InlineData("alert.half + 0", "1.5")]
    [InlineData("alert.process.parent.image", "\"C:\\\\Windows\\\\explorer.exe\"")]
    [InlineData("unknown", "null")]
    [InlineData("steps.host.id", "\"dev-1\"")]
    [InlineData("steps.isolate", "null")]
    [InlineData("steps.isolate?.id ?? 'none'", "\"none\"")]
    [InlineData("steps['host']['tags'][0]", "\"lab\"")]
    [InlineData("alert.severity_score >= 70 && alert.attack.includes('T1074.001')", "true")]
    [InlineData("alert.severity_score < 70 || alert.flag", "true")]
    [InlineData("!alert.flag", "false")]
    [InlineData("alert.flag ? 'yes' : 'no'", "\"yes\"")]
    [InlineData("alert.text || 'default'", "\"default\"")]
    [InlineData("alert.text ?? 'default'", "\"\"")]
    [InlineData("steps.sysmon.count == 0", "true")]
    [InlineData("steps.sysmon.count === 0", "true")]
    [InlineData("alert.process.pid == '4789'", "true")]
    [InlineData("alert.process.pid === '4789'", "false")]
    [InlineData("alert.missing === null", "true")]
    [InlineData("alert.nothing === undefined", "true")]
    [InlineData("alert.nothing !== null", "false")]
    [InlineData("[1].find(x => x > 3) === null", "true")]
    [InlineData("steps.isolate != null", "false")]
    [InlineData("null == alert.missing", "true")]
    [InlineData("alert.process.cmd_line.startsWith('cmd')", "true")]
    [InlineData("alert.process.parent.image.toLowerCase().endsWith('explorer.exe')", "true")]
    [InlineData("alert.files.map(f => f.size)", "[10,32]")]
    [InlineData("alert.files.filter(f => f.path.endsWith('.kdbx')).length", "1")]
    [InlineData("alert.files.some(({ size }) => size > 30)", "true")]
    [InlineData("alert.files.every(f => f.size > 30)", "false")]
    [InlineData("alert.files.find(f => f.size > 30).path", "\"C:\\\\temp\\\\b.kdbx\"")]
    [InlineData("alert.files.reduce((sum, f) => sum + f.size, 0)", "42")]
    [InlineData("alert.files", """[ { "path": "C:\\temp\\a.txt", "size": 10 }, { "path": "C:\\temp\\b.kdbx", "size": 32 } ]""")]
    [InlineData("[...inputs.users, 'c@x.com']", """["a@x.com","b@x.com","c@x.com"]""")]
    [InlineData("({ ...steps.host, count: 1 + 1 })", """{"id":"dev-1","tags":["lab"],"count":2}""")]
    [InlineData("({ a: undefined, b: [undefined, null] })", """{"a":null,"b":[null,null]}""")]
    [InlineData("({ low: 1, high: 2 })[alert.text] ?? 0", "0")]
    [InlineData("({ low: 1 })['toString'] ?? 'clean'", "\"clean\"")]
    [InlineData("Object.keys(steps)", """["host","sysmon"]""")]
    [InlineData("Object.entries(steps.host).length", "2")]
    [InlineData("'id' in steps.host", "true")]
    [InlineData("'nope' in steps.host", "false")]
    [InlineData("'host' in steps", "true")]
    [InlineData("'isolate' in steps", "false")]
    [InlineData("Object.hasOwn(steps.host, 'id')", "true")]
    [InlineData("Array.isArray(alert.files)", "true")]
    [InlineData("typeof alert.missing", "\"undefined\"")]
    [InlineData("typeof alert.process", "\"object\"")]
    [InlineData("Math.max(...alert.files.map(f => f.size))", "32")]
    [InlineData("inputs.users.join('; ')", "\"a@x.com; b@x.com\"")]
    [InlineData("[3, 1, 2].toSorted((a, b) => a - b)", "[1,2,3]")]
    [InlineData("[[1, [2]], 3].flat(Infinity)", "[1,2,3]")]
    [InlineData("`${inputs.hostname}: ${alert.severity_score}`", "\"ENG-WS-045: 80\"")]
    [InlineData("'a' + 1 + true + null", "\"a1truenull\"")]
    [InlineData("inputs.hostname + '!'", "\"ENG-WS-045!\"")]
    [InlineData("/ENG-(\\w+)-(\\d+)/.exec(inputs.hostname)[2]", "\"045\"")]
    [InlineData("inputs.hostname.replace(/(\\w+)-/g, '$1_')", "\"ENG_WS_045\"")]
    [InlineData("inputs.hostname.replaceAll('-', '')", "\"ENGWS045\"")]
    [InlineData("'a1b22'.replace(/\\d+/g, d => `<${d}>`)", "\"a<1>b<22>\"")]
    [InlineData("'2026-01-02'.replace(/(?<y>\\d+)-(?<m>\\d+)-(?<d>\\d+)/, '$<d>.$<m>.$<y>')", "\"02.01.2026\"")]
    [InlineData("'abc'.replace('b', \"[$`|$&|$'|$$]\")", "\"a[a|b|c|$]c\"")]
    [InlineData("'a1b2'.match(/\\d/g)", """["1","2"]""")]
    [InlineData("[...'a1b2'.matchAll(/[a-z](\\d)/g)].map(m => m[1])", """["1","2"]""")]
    [InlineData("'a, b;c'.split(/[,;]\\s*/)", """["a","b","c"]""")]
    [InlineData("'a-b'.split('-')", """["a","b"]""")]
    [InlineData("'x'.padStart(3, '0') + 'y'.padEnd(3) + 'z'.repeat(2)", "\"00xy  zz\"")]
    [InlineData("JSON.stringify(steps.host)", "\"{\\\"id\\\":\\\"dev-1\\\",\\\"tags\\\":[\\\"lab\\\"]}\"")]
    [InlineData("JSON.stringify([1, 'a'], null, 2)", "\"[\\n  1,\\n  \\\"a\\\"\\n]\"")]
    [InlineData("JSON.parse('{\"a\": [1, {\"b\": 2}]}').a[1].b", "2")]
    [InlineData("Number('42') + parseInt('08', 10)", "50")]
    [InlineData("String(12) + Boolean('')", "\"12false\"")]
    [InlineData("['1', '2'].map(Number)", "[1,2]")]
    [InlineData("['a', ''].filter(Boolean)", "[\"a\"]")]
    [InlineData("[1, 2].map(String)", """["1","2"]""")]
    [InlineData("(0.1 + 0.2).toFixed(2)", "\"0.30\"")]
    [InlineData("-0", "0")]
    [InlineData("0 * -1", "0")]
    [InlineData("7 / 2", "3.5")]
    [InlineData("1e21", "1E+21")]
    [InlineData("void 0", "null")]
    [InlineData("steps.sysmon", """{ "count": 0, "rows": { "$artifact": "sha256:ab", "name": "sysmon.rows.json", "size": 400000, "media_type": "application/json" } }""")]
    [InlineData("({ rows: steps.sysmon.rows }).rows.name ?? 1", null)]
    [InlineData("({ evidence: steps.sysmon.rows })", """{"evidence":{ "$artifact": "sha256:ab", "name": "sysmon.rows.json", "size": 400000, "media_type": "application/json" }}""")]
    [InlineData("alert.files[0] === alert.files[0]", "true")]
    [InlineData("steps.host == steps.host", "true")]
    [InlineData("encodeURIComponent('a b/c')", "\"a%20b%2Fc\"")]
    [InlineData("'a😀b'.slice(0, 2)", "\"a\uFFFD\"")]
    [InlineData("String.fromCharCode(0)", "\"\uFFFD\"")]
    [InlineData("alert /* } */ .id // and a comment", "\"a-1\"")]
    public void Gives(string source, string? json)
    {
        if (json is null)
        {
            Assert.Contains("too large", Scope.Fails(source), StringComparison.Ordinal);
            return;
        }

        Assert.Equal(json, Scope.Json(source));
    }

    [Theory]
    [InlineData("alert.nothing.deep", "`alert.nothing` is null, so `deep` cannot be read of it")]
    [InlineData("alert.missing.deep", "write alert.missing?.deep ?? …")]
    [InlineData("steps.isolate.id", "step `isolate` has no result here, so `id` cannot be read: it has not run")]
    [InlineData("steps.isolate.id + 1", "write steps.isolate?.id ?? …")]
    [InlineData("steps.isolate.list.map(x => x)", "step `isolate` has no result")]
    [InlineData("steps.isolate.list.includes('a')", "step `isolate` has no result")]
    [InlineData("alert.missing.includes('a')", "`alert.missing` is null, so `includes`")]
    [InlineData("alert.files.map(f => f.owner.name)", "`f.owner` is null, so `name`")]
    [InlineData("`${alert.id}` + `${alert.files.map(f => f.owner.name)}`", "`f.owner` is null, so `name`")]
    [InlineData("1 +\n alert.missing.deep", "`alert.missing` is null, so `deep`")]
    [InlineData("(alert.missing?.a).b", "is null, so `b`")]
    [InlineData("steps.sysmon.rows.length", "too large to be read in an expression: it is kept as `sysmon.rows.json` (400000 bytes)")]
    [InlineData("steps.sysmon.rows[0]", "`steps.sysmon.rows` is too large")]
    [InlineData("steps.sysmon.rows.map(r => r)", "too large")]
    [InlineData("steps.sysmon.rows.includes('a')", "too large")]
    [InlineData("[...steps.sysmon.rows]", "too large")]
    [InlineData("Object.keys(steps.sysmon.rows)", "too large")]
    [InlineData("JSON.stringify(steps.sysmon.rows)", "too large")]
    [InlineData("`${steps.sysmon.rows}`", "too large")]
    [InlineData("alert.id.foo()", "there is no function `foo`")]
    [InlineData("alert.id()", "there is no function `id`")]
    [InlineData("`${alert.process}`", "an object cannot stand in text")]
    [InlineData("'' + ({})", "an object cannot stand in text")]
    [InlineData("x => x", "a function, which is no value of JSON")]
    [InlineData("[x => x]", "a function, which is no value of JSON")]
    [InlineData("/a/", "a regular expression, which is no value of JSON")]
    [InlineData("[1].values()", "an iterator")]
    [InlineData("1 / 0", "no number of JSON")]
    [InlineData("[0 / 0]", "no number of JSON")]
    [InlineData("JSON.parse('{')", "the text is not JSON")]
    [InlineData("'a'.match('a')", "takes a regular expression")]
    [InlineData("add(alert.missing, '1m')", "takes text, and value 1 of it is null")]
    [InlineData("add(alert.missing, '1m').length + 1", "takes text, and value 1 of it is null")]
    public void Fails(string source, string reason)
    {
        var failure = Assert.Throws<ExpressionFailure>(() => TestScope.Parse(source).Evaluate(Scope));
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
        Assert.Equal(source, failure.Expression);
        Assert.Equal(TestScope.At, failure.At);
    }

    [Theory]
    [InlineData("alert.flag", true)]
    [InlineData("alert.text", false)]
    [InlineData("alert.nothing", false)]
    [InlineData("alert.missing", false)]
    [InlineData("alert.empty", true)]
    [InlineData("alert.process", true)]
    [InlineData("steps", true)]
    [InlineData("0", false)]
    [InlineData("'0'", true)]
    [InlineData("0 / 0", false)]
    [InlineData("alert.files.find(f => f.size > 99)", false)]
    [InlineData("alert.files.filter(f => f.size > 99)", true)]
    [InlineData("x => x", true)]
    public void Truth_is_JavaScripts(string source, bool expected) => Assert.Equal(expected, TestScope.Parse(source).IsTrue(Scope));

    [Fact]
    public void What_comes_from_the_scope_is_passed_on_uncopied()
    {
        using var document = JsonDocument.Parse("""{ "list": [1, 2] }""");
        var list = document.RootElement.GetProperty("list");
        var scope = new TestScope().With("a", """{ "x": { "y": 1.50 } }""");
        Assert.Equal("{ \"y\": 1.50 }", scope.Json("a.x"));
        Assert.Equal("{ \"y\": 1.50 }", scope.Json("[a.x].find(q => true)"));
        Assert.Equal(2, list.GetArrayLength());
    }
}
