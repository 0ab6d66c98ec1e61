using Responder.Sdk.Estate;

namespace Responder.Sdk.Tests.Estate;

public sealed class EstateDefinitionTests
{
    private static Company With(string overrides) => Small.Definition.With(EstateDefinition.Parse(overrides, "overrides.yaml")).Make();

    [Fact]
    public void Maps_are_merged_values_and_lists_replace_and_null_takes_away()
    {
        var company = With("""{ hosts: { A: { tags: [x], owner: a@x.example }, B: null, C: { hostname: A } } }""");
        Assert.Equal(["A", "C"], company.Hosts.Keys);
        Assert.Equal(["x"], company.Hosts["A"].Tags);
        Assert.Equal(5, company.Hosts["A"].Files.List(@"C:\temp\s", recurse: false).Count);
        Assert.Equal(2, company.HostsNamed("a").Count);
    }

    [Fact]
    public void Faults_are_added_to_what_is_there()
    {
        var company = Small.Definition.WithFaults("[{ action: edr.scan, delay: 90s }]", "one").WithFaults("[{ action: chat.*, kind: rate_limited }]", "two").Make();
        Assert.Equal(["edr.scan", "chat.*"], company.Faults.Select(fault => fault.Action));
        Assert.Equal(TimeSpan.FromSeconds(90), company.Faults[0].Delay);
        Assert.Equal(FailureKind.RateLimited, company.Faults[1].Kind);
    }

    [Theory]
    [InlineData("{ hosts: { A: { colour: red } } }", "colour")]
    [InlineData("{ hosts: { A: { online: maybe } } }", "online")]
    [InlineData("{ hosts: { A: { folders: { 'C:\\temp\\s': { files: { many: { count: 6 } } } } } } }", "'extensions' and 'named' make 5 files, 'count' says 6")]
    [InlineData("{ hosts: { A: { folders: { '\\\\srv\\x': { } } } } }", "share")]
    [InlineData("{ tickets: { issues: { NONE-1: { } } } }", "tickets.issues.NONE-1")]
    [InlineData("{ siem: { events: { e: { } } } }", "siem.events.e")]
    [InlineData("{ faults: [ { action: x, delay: long } ] }", "duration")]
    public void What_is_wrong_is_named_with_its_place(string overrides, string says) =>
        Assert.Contains(says, Assert.Throws<EstateException>(() => With(overrides)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a: 1\na: 2", "small.yaml:2:1: 'a' is there twice")]
    [InlineData("a: &x 1\nb: *x", "aliases")]
    [InlineData("- a", "map")]
    [InlineData("a: [", "small.yaml:")]
    [InlineData("a: 1\n---\nb: 2", "more than one")]
    public void YAML_that_is_wrong_is_named_with_line_and_column(string yaml, string says) =>
        Assert.Contains(says, Assert.Throws<EstateException>(() => EstateDefinition.Parse(yaml, "small.yaml").Make()).Message, StringComparison.Ordinal);

    [Fact]
    public void Yes_no_and_on_are_text_as_in_YAML_1_2()
    {
        var company = With("{ people: { a@x.example: { replies: [ { answer: no, comment: on } ] } }, identity: { users: { a@x.example: { name: 'true' } } } }");
        Assert.Equal(("no", "on"), (company.People["A@x.example"].Replies[0].Answer, company.People["a@x.example"].Replies[0].Comment));
        Assert.Equal("true", company.Identity.Users["a@x.example"].Name);
    }

    [Fact]
    public void The_same_words_always_make_the_same_files()
    {
        var first = Small.Definition.Make().Hosts["A"].Files.List(@"c:\TEMP\s", recurse: false);
        Assert.Equal(first, Small.Definition.Make().Hosts["A"].Files.List(@"C:\temp\s", recurse: false));
        Assert.Equal((5, 1000, 3), (first.Count, first.Sum(file => file.Size), first.Count(file => file.Extension == ".txt")));
        Assert.Equal(5, first.Select(file => file.Sha256).Distinct().Count());
    }

    [Fact]
    public void What_has_no_id_gets_one_from_its_name_the_same_each_time()
    {
        Assert.Matches("^[0-9a-f]{32}$", Small.Definition.Make().Hosts["A"].Id);
        Assert.Equal(Small.Definition.Make().Hosts["A"].Id, Small.Definition.Make().Hosts["A"].Id);
        Assert.True(Guid.TryParse(Small.Definition.Make().Identity.Users["a@x.example"].Id, out _));
    }
}
