using Responder.Playbooks.Language;
using Responder.Playbooks.Policies;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Tests.Policies;

/// <summary>The policy file is judged like a playbook: everything that is wrong, at once, with place, rule and hint.</summary>
public sealed class PolicyFileTests
{
    [Fact]
    public void The_built_in_policy_has_no_problem() => Assert.Empty(PolicyFile.Read("default.yaml", PolicyFile.Default.Source, ActionCatalog.Neutral).Problems);

    [Fact]
    public void The_schema_in_the_project_is_current() => Assert.True(
        PolicySchema.Write() == File.ReadAllText(Repository.Path("schema", "policy.schema.json")),
        "schema/policy.schema.json is not what the code gives: run `responder schema --of policy -o schema/policy.schema.json`.");

    [Theory]
    [InlineData("rules: [", "POL001", 2)]
    [InlineData("just text", "POL001", 1)]
    [InlineData("assets: { a: { why: x } }", "POL002", 1)]
    [InlineData("rules:\n  - { id: a, then: allow }\nlimits:\n  - { id: a, at_most: 1, window: 1h }", "POL003", 4)]
    [InlineData("assets: { servers: { names: [x] } }\nprotected: [server]", "POL004", 2)]
    [InlineData("rules:\n  - { id: a, target: nowhere, then: refuse }", "POL004", 2)]
    [InlineData("rules:\n  - { id: a, action: edr.isolate, then: refuse }", "POL005", 2)]
    [InlineData("rules:\n  - { id: a, effect: destroy, then: require_approval, roles: [leed] }", "POL006", 2)]
    [InlineData("rules:\n  - { id: a, effect: destroy, then: refuse, roles: [lead] }", "POL006", 2)]
    [InlineData("rules:\n  - { id: a, during: { from: \"08:00\", to: \"18:00\", zone: Mars/Base }, then: refuse }", "POL007", 2)]
    [InlineData("rules:\n  - { id: a, severity: { at_least: 80, below: 70 }, then: refuse }", "POL008", 2)]
    [InlineData("rules:\n  - { id: a, then: allow }\n  - { id: b, then: refuse }", "POL008", 2)]
    [InlineData("deletable: { folders: ['C:\\*'] }", "POL009", 1)]
    [InlineData("deletable: { folders: ['C:\\Temp'] }", "POL009", 1)]
    [InlineData("deletable: { folders: ['C:\\*\\Temp\\*'] }", "POL009", 1)]
    [InlineData("deletable: { folders: ['\\\\srv\\share\\*'] }", "POL009", 1)]
    [InlineData("deletable: { folders: ['C:\\Te*\\x\\*'] }", "POL009", 1)]
    [InlineData("ruls: []", "RSP010", 1)]
    [InlineData("rules:\n  - { id: a }", "RSP012", 2)]
    [InlineData("limits:\n  - { id: a, at_most: 1, window: soon }", "RSP014", 2)]
    [InlineData("limits:\n  - { id: a, at_most: -1, window: 1h }", "RSP015", 2)]
    [InlineData("rules:\n  - { id: a, then: deny }", "RSP016", 2)]
    [InlineData("rules:\n  - { id: Not OK, then: allow }", "RSP017", 2)]
    [InlineData("rules:\n  - { id: a, during: { from: 8, to: \"18:00\" }, then: allow }", "RSP011", 2)]
    [InlineData("rules: []\nrules: []", "RSP003", 2)]
    [InlineData("version: &x one", "RSP002", 1)]
    public void A_problem_is_told_with_its_place_and_rule(string yaml, string rule, int line)
    {
        var read = PolicyFile.Read("policy.yaml", yaml, ActionCatalog.Neutral);

        Assert.Contains(read.Problems, problem => problem.Rule == rule && problem.At.Line == line && problem.File == "policy.yaml");
        Assert.Equal(read.Problems.Any(problem => problem.Level == ProblemLevel.Error), read.Policy is null);
    }

    [Fact]
    public void A_slip_of_the_pen_is_put_right()
    {
        var read = PolicyFile.Read("policy.yaml", "assets: { servers: { names: [x] } }\nprotected: [server]\nrulez: []\n", null);

        Assert.Equal(["did you mean `servers`?", "did you mean `rules`?"], read.Problems.Select(problem => problem.Hint));
    }

    [Fact]
    public void Its_hash_is_that_of_its_text()
    {
        var one = PolicyFile.Read("policy.yaml", "version: one\n", null).Policy!;

        Assert.Equal(("one", one.Hash), (one.Version, PolicyFile.Read("other.yaml", "version: one\n", null).Policy!.Hash));
        Assert.NotEqual(one.Hash, PolicyFile.Read("policy.yaml", "version: one \n", null).Policy!.Hash);
    }
}
