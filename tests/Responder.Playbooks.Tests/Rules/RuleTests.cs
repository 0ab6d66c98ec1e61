using Responder.Playbooks.Language;
using Responder.Playbooks.Rules;

namespace Responder.Playbooks.Tests.Rules;

public sealed class RuleTests
{
    public static TheoryData<string, string, string> Bad() => [.. RuleCases.Bad().Select(one => new TheoryDataRow<string, string, string>(one.Rule, one.Says, one.Text))];

    public static TheoryData<string, string> Good() => [.. RuleCases.Good().Select(one => new TheoryDataRow<string, string>(one.Rule, one.Text))];

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_rule_finds_what_it_is_for(string rule, string says, string text)
    {
        var found = RuleCases.Read(text).Problems;
        Assert.Contains(found, problem => problem.Rule == rule && problem.ToString().Contains(says, StringComparison.Ordinal));
        Assert.All(found, problem => Assert.True(problem.At is { Line: > 0, Column: > 0 }, problem.ToString()));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_rule_leaves_alone_what_is_right(string rule, string text)
    {
        var found = RuleCases.Read(text).Problems;
        Assert.Empty(found.Where(problem => problem.Rule == rule || problem.Level == ProblemLevel.Error).Select(problem => problem.ToString()));
    }

    [Fact]
    public void Every_rule_has_cases_and_an_id_of_its_own()
    {
        var bad = RuleCases.Bad().Select(one => one.Rule).ToHashSet();
        var good = RuleCases.Good().Select(one => one.Rule).ToHashSet();
        Assert.Equal(RuleBook.Rules.Count, RuleBook.Rules.Select(rule => rule.Id).Distinct().Count());
        Assert.Equal(RuleBook.Rules.Select(rule => rule.Id).Order(StringComparer.Ordinal), RuleBook.Rules.Select(rule => rule.Id));
        Assert.Empty(typeof(Rule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract).Except(RuleBook.Rules.Select(rule => rule.GetType())));
        Assert.Empty(RuleBook.Rules.Where(rule => rule is not LibraryRule && !(bad.Contains(rule.Id) && good.Contains(rule.Id))).Select(rule => rule.Id));
        Assert.Empty(RuleBook.Rules.OfType<LibraryRule>().Select(rule => rule.Id).Except(LibraryTests.Rules));
    }

    [Fact]
    public void Every_rule_has_its_line_in_the_docs()
    {
        var lines = File.ReadAllLines(Repository.Path("docs", "rules", "README.md"));
        Assert.Empty(RuleBook.Rules.Where(rule => !lines.Any(line => line == DocsLine(rule))).Select(DocsLine));
        Assert.Equal(RuleBook.Rules.Count, lines.Count(line => line.StartsWith("| RSP", StringComparison.Ordinal) && line[8] == ' '));
    }

    private static string DocsLine(Rule rule) => $"| {rule.Id} | {rule.Level.ToString().ToLowerInvariant()} | {rule.Title.Replace("|", "\\|", StringComparison.Ordinal)} |";
}
