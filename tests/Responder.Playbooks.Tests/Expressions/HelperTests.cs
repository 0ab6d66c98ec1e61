namespace Responder.Playbooks.Tests.Expressions;

public sealed class HelperTests
{
    private static readonly TestScope Scope = new TestScope().With("alert", """{ "time": "2026-01-31T07:00:00.000Z", "nothing": null, "five": 5, "list": [], "device": {} }""");

    [Theory]
    [InlineData("now()", "2026-01-31T08:00:00.000Z")]
    [InlineData("add(alert.time, '-30m')", "2026-01-31T06:30:00.000Z")]
    [InlineData("add(alert.time, '90s')", "2026-01-31T07:01:30.000Z")]
    [InlineData("add(alert.time, '8h')", "2026-01-31T15:00:00.000Z")]
    [InlineData("add(alert.time, '7d')", "2026-02-07T07:00:00.000Z")]
    [InlineData("add('2026-01-31T09:00:00+02:00', '0s')", "2026-01-31T07:00:00.000Z")]
    [InlineData("add('2026-01-31T07:00:00.1234567Z', '0s')", "2026-01-31T07:00:00.123Z")]
    [InlineData("add('2026-01-31T07:00:00.123456789Z', '0s')", "2026-01-31T07:00:00.123Z")]
    [InlineData("add('2024-02-28T23:59:59Z', '1s')", "2024-02-29T00:00:00.000Z")]
    [InlineData("add(now(), '1d') > alert.time ? 'later' : 'earlier'", "later")]
    [InlineData("defang('see https://evil.example/a.php?x=1 and 10.0.0.1, mail a.b@evil.example.')", "see hxxps://evil[.]example/a[.]php?x=1 and 10[.]0[.]0[.]1, mail a[.]b[@]evil[.]example.")]
    [InlineData("defang(defang('ftp://evil.example'))", "fxp://evil[.]example")]
    [InlineData("base64_decode('aGVsbG8=')", "hello")]
    [InlineData("base64_decode('aGVs bG8', 'utf-8')", "hello")]
    [InlineData("base64_decode('ZABpAHIA', 'utf-16le')", "dir")]
    [InlineData("base64_decode('_-8', 'latin1')", "ÿï")]
    [InlineData("sha256('abc')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("domain_of('https://user@Evil.Example:8443/a@b?c#d')", "evil.example")]
    [InlineData("domain_of('https://evil.example\\\\@good.example/')", "evil.example")]
    [InlineData("domain_of('Jane.Doe@Company.com')", "company.com")]
    [InlineData("domain_of('CORP\\\\jane')", "corp")]
    [InlineData("domain_of('https://[2001:db8::1]:443/')", "[2001:db8::1]")]
    [InlineData("domain_of(' ') ?? 'none'", "none")]
    [InlineData("basename('C:\\\\Temp\\\\a.zip')", "a.zip")]
    [InlineData("basename('C:/Temp/a.zip')", "a.zip")]
    [InlineData("basename('/srv/odd\\\\name')", "odd\\name")]
    [InlineData("basename('C:\\\\Temp\\\\')", "Temp")]
    [InlineData("basename('C:\\\\')", "")]
    [InlineData("basename('a.zip')", "a.zip")]
    [InlineData("basename('')", "")]
    [InlineData("basename('\\\\\\\\srv\\\\share\\\\d\\\\f.txt')", "f.txt")]
    [InlineData("dirname('C:\\\\Temp\\\\a.zip')", "C:\\Temp")]
    [InlineData("dirname('C:\\\\a.zip')", "C:\\")]
    [InlineData("dirname('/srv/a')", "/srv")]
    [InlineData("dirname('/a')", "/")]
    [InlineData("dirname('/')", "/")]
    [InlineData("dirname('a')", "")]
    [InlineData("dirname('\\\\\\\\srv\\\\share\\\\f.txt')", "\\\\srv\\share\\")]
    public void Gives_text(string source, string text)
    {
        Assert.Equal(text, TestScope.Parse(source).Evaluate(Scope).GetString());

        // The same by the engine.
        Assert.Equal(text, TestScope.Parse($"[0].map(x => {source})[0]").Evaluate(Scope).GetString());
    }

    [Theory]
    [InlineData("between(alert.time, now())", "3600")]
    [InlineData("between(now(), alert.time)", "-3600")]
    [InlineData("between('2026-01-31T07:00:00Z', '2026-01-31T07:00:00.250Z')", "0.25")]
    [InlineData("between(alert.time, alert.time)", "0")]
    public void Gives_seconds(string source, string seconds)
    {
        Assert.Equal(seconds, Scope.Json(source));
        Assert.Equal($"[{seconds}]", Scope.Json($"[0].map(x => {source})"));
    }

    [Theory]
    [InlineData("add(alert.time, '30')", "no duration")]
    [InlineData("add(alert.time, '1w')", "no duration")]
    [InlineData("add(alert.time, '9999999d')", "no duration")]
    [InlineData("add('9999-12-31T00:00:00Z', '2d')", "no time of the calendar")]
    [InlineData("add('2026-01-31T07:00:00', '1d')", "no time")]
    [InlineData("add('2026-01-31', '1d')", "no time")]
    [InlineData("add('2026-02-30T00:00:00Z', '1d')", "no time")]
    [InlineData("add(alert.nothing, '1d')", "value 1 of it is null")]
    [InlineData("add(alert.time, alert.five)", "value 2 of it is a number")]
    [InlineData("sha256(alert.device)", "an object")]
    [InlineData("basename(alert.list)", "a list")]
    [InlineData("base64_decode('€')", "not base64")]
    [InlineData("base64_decode('aGVsbG8=', 'rot13')", "no encoding 'rot13'")]
    public void Fails_by_name(string source, string reason)
    {
        Assert.Contains(reason, Scope.Fails(source), StringComparison.Ordinal);
        Assert.Contains(reason, Scope.Fails($"[0].map(x => {source})"), StringComparison.Ordinal);
    }
}
