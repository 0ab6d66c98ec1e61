using System.Text;
using Responder.Engine.Alerts;

namespace Responder.Engine.Tests.Alerts;

public sealed class GenericTests
{
    [Fact]
    public void A_short_alert_has_null_for_the_rest()
    {
        var alert = Sources.One("generic", """{"title":"Odd sign-in","user":{"email":"a@company.com"}}""");

        Assert.Equal("a@company.com", alert.User.Email);
        Assert.Null(alert.Device.Hostname);
        Assert.Null(alert.DeliveryKey);
        Assert.Equal((Sources.Received, AlertSeverity.Unknown, null), (alert.Time, alert.Severity, alert.SeverityScore));
        Assert.Contains(alert.Notes, note => note.StartsWith("time:", StringComparison.Ordinal));
        Assert.Equal("null", alert.ToJson().GetProperty("process").GetProperty("parent").GetProperty("image").GetRawText());
    }

    [Theory]
    [InlineData("""{"title":7}""", "`title` is 7, and text is wanted.")]
    [InlineData("""{"title":"x","severity_score":101}""", "`severity_score` is 101, and a whole number from 0 to 100 is wanted.")]
    [InlineData("""{"title":"x","severity_score":"85"}""", "`severity_score` is the text \"85\", and a whole number from 0 to 100 is wanted.")]
    [InlineData("""{"title":"x","attack":"T1074"}""", "`attack` is text, and a list is wanted.")]
    [InlineData("""{"title":"x","attack":["T10"]}""", "`attack[0]` is the text \"T10\", and an ATT&CK technique id such as T1074.001 is wanted.")]
    [InlineData("""{"title":"x","device":"ENG"}""", "`device` is text, and an object is wanted.")]
    [InlineData("""{"title":"x","process":{"parent":{"pid":"4"}}}""", "`process.parent.pid` is the text \"4\", and a whole number, 0 or more is wanted.")]
    [InlineData("""{"title":"x","time":"yesterday"}""", "`time` is the text \"yesterday\", and a time, RFC 3339 text such as 2026-03-01T14:15:33Z is wanted.")]
    [InlineData("""{"foo":1}""", "It says neither what happened nor to whom")]
    [InlineData("[1]", "It is a number, and an object in the normal form is wanted.")]
    [InlineData("", "The body is empty.")]
    [InlineData("{", "nested deeper than 48 levels, or is cut off")]
    [InlineData("hello", "It is no JSON")]
    public void A_wrong_type_is_refused_and_says_what_is_wanted(string body, string reason) => Assert.Contains(reason, Sources.Refused("generic", body), StringComparison.Ordinal);

    [Fact]
    public void One_bad_alert_of_many_is_refused_by_its_place()
    {
        var result = Sources.Normalizer.Normalize("generic", """[{"title":"a"},{"title":2},{"title":"c"}]""", Sources.Received);

        Assert.Equal(["a", "c"], result.Alerts.Select(alert => alert.Title));
        Assert.Equal(1, Assert.Single(result.Refused).Index);
        Assert.Equal(1, result.ToJson().GetProperty("refused")[0].GetProperty("index").GetInt32());
    }

    [Fact]
    public void Lists_and_singulars_are_one()
    {
        var alert = Sources.One("generic", """{"title":"x","device":{"hostname":"A"},"devices":[{"hostname":"A"},{"hostname":"B"}],"file":{"path":"C:\\t\\a.txt"}}""");

        Assert.Equal(["A", "B"], alert.Devices.Select(device => device.Hostname));
        Assert.Equal((@"C:\t", "a.txt"), (alert.File.ParentFolder, alert.File.Name));
    }

    [Fact]
    public void Nul_and_half_pairs_become_a_mark_and_markup_stays_text()
    {
        const string body = """{"title":"a\u0000b\ud800c\udc00d\ud83d\ude00 \\u0000 <script>${{ 1 }}</script>","summary":"\\"}""";

        var alert = Sources.One("generic", body);

        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd\U0001F600 \\u0000 <script>${{ 1 }}</script>", alert.Title);
        Assert.DoesNotContain("\\u0000b", alert.Raw.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(alert.Title, alert.ToJson().GetProperty("raw").GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void Other_encodings_with_a_mark_are_read(string encoding)
    {
        var name = Encoding.GetEncoding(encoding);
        byte[] body = [.. name.GetPreamble(), .. name.GetBytes("""{"title":"Überlänge"}""")];

        Assert.Equal("Überlänge", Assert.Single(Sources.Normalizer.Normalize("generic", body, Sources.Received).Alerts).Title);
    }

    [Fact]
    public void What_is_too_long_is_cut_with_a_note_and_what_is_far_too_long_is_refused()
    {
        var alert = Sources.One("generic", $$"""{"title":"{{new string('t', 2000)}}"}""");
        var refused = Sources.Refused("generic", $$"""{"title":"{{new string('t', 2_000_000)}}"}""");

        Assert.Equal(1024, alert.Title!.Length);
        Assert.Contains("title: 2,000 characters were cut to 1,024; the whole is in raw.", alert.Notes);
        Assert.StartsWith("The alert has 2,000,012 characters", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var body = $$"""{"title":"x","raw":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""";

        Assert.Contains("nested deeper than 48 levels", Sources.Refused("generic", body), StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_is_not_there_is_the_callers_error()
    {
        Assert.False(Sources.Normalizer.Knows("nothing"));
        Assert.Throws<ArgumentException>(() => Sources.Normalizer.Normalize("nothing", "{}", Sources.Received));
    }
}
