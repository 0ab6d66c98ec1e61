using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;

namespace Responder.Engine.Tests.Reports;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1 kB")]
    [InlineData(2_191_360, "2.2 MB")]
    [InlineData(999_960_000, "1 GB")]
    [InlineData(2_800_000_000, "2.8 GB")]
    [InlineData(long.MaxValue, "9.2 EB")]
    [InlineData(-1_500, "-1.5 kB")]
    public void Sizes_are_human(long bytes, string text) => Assert.Equal(text, Amounts.Bytes(bytes));

    [Theory]
    [InlineData(0, "under a second")]
    [InlineData(-5, "under a second")]
    [InlineData(147, "2 min 27 s")]
    [InlineData(60, "1 min")]
    [InlineData(3_605, "1 h")]
    [InlineData(90_000, "1 d 1 h")]
    public void Durations_have_two_units(double seconds, string text) => Assert.Equal(text, Amounts.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1247, "file", "1,247 files")]
    [InlineData(1, "entry", "1 entry")]
    [InlineData(2, "entry", "2 entries")]
    [InlineData(2, "process", "2 processes")]
    public void Counts_have_their_plural(long count, string one, string text) => Assert.Equal(text, Amounts.Count(count, one));

    [Theory]
    [InlineData("see https://evil.example.com/a.b?c=d.e", "see hxxps://evil[.]example[.]com/a.b?c=d.e")]
    [InlineData("HTTP://203.0.113.9:8080/x", "hxxp://203[.]0[.]113[.]9:8080/x")]
    [InlineData("ftp://files.evil.ru", "fxp://files[.]evil[.]ru")]
    [InlineData("from 198.51.100.7, to 10.20.45.45", "from 198[.]51[.]100[.]7, to 10.20.45.45")]
    [InlineData("Windows 10.0.19045.1 has a report.docx and cmd.exe", "Windows 10.0.19045.1 has a report.docx and cmd.exe")]
    [InlineData("it-support@evil-mail.top wrote to alexchen@company.com", "it-support@evil-mail[.]top wrote to alexchen@company.com")]
    [InlineData(@"C:\temp\evil.com stays a path", @"C:\temp\evil.com stays a path")]
    [InlineData("www.company.com", "www[.]company[.]com")]
    [InlineData("no dots here", "no dots here")]
    public void Prose_is_defanged(string text, string defanged) => Assert.Equal(defanged, new Defang(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "company.com" }).Text(text));

    [Theory]
    [InlineData("https://a.b/c", "hxxps://a[.]b/c")]
    [InlineData("2001:db8::1", "2001[:]db8[:][:]1")]
    public void A_known_address_is_defanged_whole(string value, string defanged) => Assert.Equal(defanged, Defang.Value(value));

    [Fact]
    public void A_local_time_needs_the_alerts_own_instant()
    {
        Assert.Equal("2024-02-28 19:15:33 UTC (14:15:33 UTC−05:00)", Clock.For(Alert("2024-02-28T14:15:33-05:00")).Both(At));
        Assert.Equal("2024-02-28 19:15:33 UTC", Clock.For(Alert("2024-02-28T14:15:00-05:00")).Both(At));
        Assert.Equal("2024-02-28 19:15:33 UTC (2024-02-29 00:45:33 UTC+05:30)", Clock.For(Alert("2024-02-29T00:45:33+05:30")).Both(At));
        Assert.Equal("0001-01-01 00:00:00 UTC", Clock.For(Alert("2024-02-28T14:15:33-05:00")).Both(DateTimeOffset.MinValue));
    }

    [Fact]
    public void A_cut_text_says_how_much_is_gone_and_splits_no_character()
    {
        Assert.Equal("abc… (2 more characters)", SafeText.Fit("abcde", 3, text => text));
        Assert.Equal("ab… (3 more characters)", SafeText.Fit("ab😀c", 3, text => text));
        Assert.Equal("abc", SafeText.Fit("abc", 3, text => text));
    }

    [Theory]
    [InlineData("a``b", "```a``b```")]
    [InlineData("`a", "`` `a ``")]
    [InlineData("plain", "`plain`")]
    public void A_code_span_is_fenced_safely(string text, string span) => Assert.Equal(span, MarkdownMarks.CodeSpan(text));

    private static DateTimeOffset At => new(2024, 2, 28, 19, 15, 33, TimeSpan.Zero);

    private static Fields Alert(string raw) => new(JournalScript.Json(new { time = "2024-02-28T19:15:33.000Z", raw = new { a = new[] { new { b = raw } } } }));
}
