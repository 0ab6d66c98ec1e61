using System.Text.Json;
using Responder.Playbooks.Language;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Tests;

public sealed class PlanTests
{
    private const string A = "id: a\nname: A\nsteps:\n  - call: b\n";
    private const string B = "id: b\nname: B\nsteps:\n  - wait: 1m\n";

    [Fact]
    public void A_plan_holds_the_playbook_and_all_that_it_calls()
    {
        var plan = PlanCompiler.Compile("a", Load(("a", A), ("b", B), ("c", B.Replace("id: b", "id: c", StringComparison.Ordinal))));
        Assert.Equal("a", plan.Root.Id);
        Assert.Equal(["a", "b"], plan.Playbooks.Keys);
        Assert.Matches("^sha256:[0-9a-f]{64}$", plan.Hash);
        Assert.Equal(B, JsonDocument.Parse(plan.Bundle).RootElement.GetProperty("b").GetProperty("text").GetString());
        Assert.Equal("b/playbook.yaml", JsonDocument.Parse(plan.Bundle).RootElement.GetProperty("b").GetProperty("file").GetString());
    }

    [Fact]
    public void What_is_stored_compiles_to_the_same_plan()
    {
        var plan = PlanCompiler.Compile("a", Load(("a", A), ("b", B)));
        var again = PlanCompiler.FromBundle("a", plan.Bundle, ActionCatalog.Neutral);
        Assert.Equal((plan.Hash, plan.Bundle), (again.Hash, again.Bundle));
        Assert.Equal(plan.Root.AllSteps().Select(step => step.Place), again.Root.AllSteps().Select(step => step.Place));
    }

    [Fact]
    public void The_hash_follows_every_text_and_no_folder()
    {
        var plan = PlanCompiler.Compile("a", Load(("a", A), ("b", B)));
        Assert.NotEqual(plan.Hash, PlanCompiler.Compile("a", Load(("a", A), ("b", B + "# more\n"))).Hash);
        Assert.NotEqual(plan.Hash, PlanCompiler.Compile("b", Load(("a", A), ("b", B))).Hash);
        Assert.Equal(plan.Hash, PlanCompiler.Compile("a", PlaybookLibrary.Load([("x/a.yaml", A), ("x/b.yaml", B)], ReadOptions.Neutral)).Hash);
    }

    [Theory]
    [InlineData("  - { uses: edr.no_longer, with: { host: x } }", "an action that this program lacks")]
    [InlineData("  - { uses: edr.find_host, with: { gone: x } }", "a field that is gone")]
    [InlineData("  - { wait: 1m, when: steps.nobody.id }", "a name that is not in scope")]
    [InlineData("  - { wait: 1m, shiny: true }", "a key that is not known")]
    public void Rules_do_not_stop_a_run_that_is_under_way(string step, string why)
    {
        var plan = PlanCompiler.FromBundle("a", Bundle($"id: a\nname: A\nsteps:\n{step}\n"), ActionCatalog.Neutral);
        Assert.True(plan.Root.Steps.Count == 1, why);
    }

    [Theory]
    [InlineData("id: a\nname: A\nsteps: [ { if: \"1 +\", then: [ { wait: 1m } ] } ]", "not an expression")]
    [InlineData("id: a\nname: A\nsteps: [ { name: nothing } ]", "exactly one kind")]
    [InlineData("id: a\nname: A\nsteps: [ { call: b } ]", "lacks the playbook 'b'")]
    [InlineData("id: a\nname: \"A", "line 2")]
    [InlineData("- a", "map")]
    public void What_cannot_run_is_refused_with_its_reason(string text, string says)
    {
        var failure = Assert.Throws<PlanFailure>(() => PlanCompiler.FromBundle("a", Bundle(text), ActionCatalog.Neutral));
        Assert.Contains(says, failure.Message + string.Concat(failure.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_playbook_with_errors_has_no_plan()
    {
        var failure = Assert.Throws<PlanFailure>(() => PlanCompiler.Compile("b", Load(("b", B.Replace("1m", "soon", StringComparison.Ordinal)))));
        Assert.Equal("RSP014", Assert.Single(failure.Problems).Rule);
        Assert.Throws<PlanFailure>(() => PlanCompiler.FromBundle("a", "{", ActionCatalog.Neutral));
    }

    private static string Bundle(string text) => JsonSerializer.Serialize(new Dictionary<string, object> { ["a"] = new { file = "a.yaml", text } });

    private static PlaybookLibrary Load(params (string Id, string Text)[] playbooks) => PlaybookLibrary.Load(playbooks.Select(one => ($"{one.Id}/playbook.yaml", one.Text)), ReadOptions.Neutral);
}
