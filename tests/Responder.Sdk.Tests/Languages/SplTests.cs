using CsCheck;
using Responder.Sdk.Estate;
using Responder.Sdk.Siem;

namespace Responder.Sdk.Tests.Languages;

public sealed class SplTests
{
    private static Template Of(string before, string value, bool prefix = false, string after = "") =>
        new([new TemplatePart(before, null, false), new TemplatePart(null, value, prefix), new TemplatePart(after, null, false)]);

    [Theory]
    [InlineData("ENG-WS-045", false, "index=x host=\"ENG-WS-045\"")]
    [InlineData("a\" OR host=\"b", false, "index=x host=\"a\\\" OR host=\\\"b\"")]
    [InlineData(@"C:\temp\", true, "index=x host=\"C:\\\\temp\\\\*\"")]
    [InlineData("a | delete", false, "index=x host=\"a | delete\"")]
    [InlineData("a\nb", false, "index=x host=\"a b\"")]
    [InlineData("11", false, "index=x host=\"11\"")]
    public void A_value_in_a_search_is_one_quoted_value(string value, bool prefix, string query) => Assert.Equal(query, Spl.Render(Of("index=x host=", value, prefix)));

    [Theory]
    [InlineData("index=x | where count > ", "3", "index=x | where count > 3")]
    [InlineData("index=x | where CommandLine=", "copy *.docx", "index=x | where CommandLine=\"copy *.docx\"")]
    [InlineData("index=x | head ", "5", "index=x | head 5")]
    [InlineData("index=x | search host=", "5", "index=x | search host=\"5\"")]
    public void A_value_is_quoted_for_the_command_that_it_stands_in(string before, string value, string query) => Assert.Equal(query, Spl.Render(Of(before, value)));

    [Theory]
    [InlineData("index=x host=", "*", false)]
    [InlineData("index=x host=", "WS*", true)]
    [InlineData("index=x | where host=", "WS", true)]
    [InlineData("index=x host=\"", "WS", false)]
    public void What_cannot_be_quoted_where_it_stands_is_invalid(string before, string value, bool prefix) =>
        Assert.Equal(FailureKind.Invalid, Assert.Throws<ActionFailure>(() => Spl.Render(Of(before, value, prefix))).Kind);

    [Theory]
    [InlineData("index=x | delete")]
    [InlineData("index=x|DELETE")]
    [InlineData("index=x | stats count | outputlookup a.csv")]
    [InlineData("index=x [search index=y | collect index=z]")]
    [InlineData("index=x | append [ | script python a ]")]
    [InlineData("index=x \"a\\\"b\" | sendemail to=a")]
    [InlineData("index=x | map search=\"x\"")]
    [InlineData("`anything` | stats count")]
    public void Commands_that_do_more_than_search_are_refused(string query) =>
        Assert.Equal(FailureKind.Invalid, Assert.Throws<ActionFailure>(() => Spl.RefuseWriting(query)).Kind);

    [Theory]
    [InlineData("index=x delete")]
    [InlineData("index=x \"| delete\"")]
    [InlineData("index=x action=delete | stats count by script")]
    [InlineData("| tstats count where index=x by host")]
    public void Their_names_elsewhere_are_just_words(string query) => Spl.RefuseWriting(query);

    [Fact]
    public void Whatever_the_value_it_finds_only_itself()
    {
        var definition = EstateDefinition.Parse("siem: { events: { a: { at: 2024-01-01T00:00:00Z, fields: { index: x, host: only } } } }", "test");
        var company = definition.Make();
        Gen.String.Where(value => !value.Contains('*', StringComparison.Ordinal) && !string.Equals(value, "only", StringComparison.OrdinalIgnoreCase))
            .Sample(value => EventSearch.Run(company, Spl.Render(Of("index=x host=", value, after: " | stats count")), null, null).Count == 0);
    }

    [Fact]
    public void Whatever_the_value_the_query_keeps_its_commands() => Gen.String.Where(value => !value.Contains('*', StringComparison.Ordinal))
        .Sample(value => Spl.Commands(Spl.Render(Of("search index=x host=", value, after: " | stats count"))) is ["search", "stats"]);
}
