using Responder.Playbooks.Language;

namespace Responder.Playbooks.Tests.Rules;

public sealed class LibraryTests
{
    /// <summary>The rules over several files that are tested here.</summary>
    public static readonly string[] Rules = ["RSP090", "RSP091", "RSP092", "RSP093", "RSP094"];

    private const string Called = """
        inputs:
          user: { type: email }
          mode: { type: string, required: false, enum: [soft, hard] }
        outputs: { barred: true }
        steps: [ { wait: 1m } ]
        """;

    [Theory]
    [InlineData("RSP090", "there is no playbook `secure` (did you mean `secured`?)", "steps: [ { call: secure } ]")]
    [InlineData("RSP092", "`secured` needs `user` (email)", "steps: [ { call: secured } ]")]
    [InlineData("RSP092", "`secured` has no input `usr` (did you mean `user`?)", "steps: [ { call: secured, with: { user: a@company.com, usr: b } } ]")]
    [InlineData("RSP092", "`user` takes an address", "steps: [ { call: secured, with: { user: nobody } } ]")]
    [InlineData("RSP092", "must be one of soft, hard", "steps: [ { call: secured, with: { user: a@company.com, mode: softly } } ]")]
    [InlineData("RSP093", "`secured` has no output `bared` (did you mean `barred`?)", "steps: [ { id: done, call: secured, with: { user: a@company.com } }, { wait: 1m, when: steps.done.bared } ]")]
    public void A_call_is_judged_with_the_playbook_that_it_calls(string rule, string says, string body)
    {
        var library = Load(("caller", body), ("secured", Called));
        Assert.Contains(library.Problems, problem => problem.Rule == rule && problem.File == "caller/playbook.yaml" && problem.ToString().Contains(says, StringComparison.Ordinal));
        Assert.Equal(["secured"], library.Playbooks.Keys);
    }

    [Fact]
    public void A_good_call_has_no_problem()
    {
        var library = Load(
            ("caller", "steps: [ { id: done, call: secured, with: { user: \"${{ alert.user.email }}\", mode: hard } }, { wait: 1m, when: steps.done.barred } ]"),
            ("secured", Called));
        Assert.Empty(library.Problems);
        Assert.Equal(["caller", "secured"], library.Playbooks.Keys.Order());
    }

    [Fact]
    public void Calls_that_go_round_are_found_in_each_playbook_of_the_circle_and_in_no_other()
    {
        var library = Load(
            ("a", "steps: [ { call: b } ]"), ("b", "steps: [ { if: \"true\", then: [ { call: c } ] } ]"), ("c", "steps: [ { call: a } ]"), ("d", "steps: [ { call: a } ]"));
        Assert.Equal(["a/playbook.yaml", "b/playbook.yaml", "c/playbook.yaml"], library.Problems.Where(problem => problem.Rule == "RSP091").Select(problem => problem.File));
        Assert.Contains("a → b → c → a", library.Problems[0].Message, StringComparison.Ordinal);
        Assert.Empty(library.Playbooks);
    }

    [Fact]
    public void A_playbook_that_calls_one_with_errors_does_not_load_nor_does_its_caller()
    {
        var library = Load(("a", "steps: [ { call: b } ]"), ("b", "steps: [ { call: c } ]"), ("c", "steps: [ { wait: soon } ]"), ("d", "steps: [ { wait: 1m } ]"));
        Assert.Equal(["d"], library.Playbooks.Keys);
        Assert.Equal(2, library.Problems.Count(problem => problem.Message.Contains("has errors", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_playbooks_of_one_id_are_said_and_the_first_stays()
    {
        var library = PlaybookLibrary.Load([("x/a/playbook.yaml", Text("a", Called)), ("y/a/playbook.yaml", Text("a", Called))], ReadOptions.Neutral);
        var problem = Assert.Single(library.Problems, problem => problem.Rule == "RSP094");
        Assert.Equal(("y/a/playbook.yaml", "the id `a` is taken by x/a/playbook.yaml"), (problem.File, problem.Message));
        Assert.Equal("x/a/playbook.yaml", library.Playbooks["a"].File);
    }

    [Fact]
    public void A_folder_is_read_with_all_that_is_below_it()
    {
        var library = PlaybookLibrary.Load(Fixture.Path(), ReadOptions.Neutral);
        Assert.Equal(["t1074-data-staged"], library.Playbooks.Keys);
        Assert.EndsWith("/t1074-data-staged/playbook.yaml", library.Playbooks["t1074-data-staged"].File, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_is_not_its_folder_is_said()
    {
        var library = PlaybookLibrary.Load([("other/playbook.yaml", Text("a", Called))], ReadOptions.Neutral);
        Assert.Equal("RSP018", Assert.Single(library.Problems).Rule);
    }

    private static PlaybookLibrary Load(params (string Id, string Body)[] playbooks) =>
        PlaybookLibrary.Load(playbooks.Select(one => ($"{one.Id}/playbook.yaml", Text(one.Id, one.Body))), ReadOptions.Neutral);

    private static string Text(string id, string body) => $"id: {id}\nname: {id}\n{body}\n";
}
