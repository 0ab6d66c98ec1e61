using Responder.Playbooks.Language;

namespace Responder.Playbooks.Tests.Language;

public sealed class ExampleTests
{
    private static readonly ReadResult Result = PlaybookReader.Read("t1074-data-staged/playbook.yaml", Fixture.Example, ReadOptions.Neutral);

    [Fact]
    public void The_example_of_the_language_page_loads_without_an_error()
    {
        Assert.Empty(Result.Problems.Where(problem => problem.Level != ProblemLevel.Information).Select(problem => problem.ToString()));
        Assert.NotNull(Result.Playbook);
    }

    [Fact]
    public void The_example_of_the_documentation_loads_without_an_error()
    {
        var page = File.ReadAllText(Repository.Path("docs", "playbook-language.md"));
        var text = page.Split("```yaml\n")[1].Split("\n```")[0];

        var read = PlaybookReader.Read("data-staged-example/playbook.yaml", text, ReadOptions.Neutral);

        Assert.Empty(read.Problems.Where(problem => problem.Level != ProblemLevel.Information).Select(problem => problem.ToString()));
        Assert.NotNull(read.Playbook);
    }

    [Fact]
    public void Its_steps_have_their_places_kinds_and_parts()
    {
        var steps = Result.Playbook!.AllSteps().ToDictionary(step => step.Place);
        Assert.Equal(13 + 1, Result.Playbook.Steps.Count + Result.Playbook.OnFailure.Count);
        Assert.Equal("siem.search", Assert.IsType<ActionStep>(steps["steps[2].parallel.siem[0]"]).Uses);
        Assert.True(steps["steps[2].parallel.siem[0]"].OnError.Default.Continue);
        Assert.Equal("close", Assert.IsType<IfStep>(steps["steps[5].then[1]"]).If.Source.Split('\'')[1]);
        var isolate = Assert.IsType<ActionStep>(steps["steps[6]"]);
        Assert.Equal(("isolate", "approve", TimeSpan.FromMinutes(15)), (isolate.Id, isolate.Approval!.OnTimeout, isolate.Approval.Timeout));
        Assert.Equal(["analyst"], isolate.Approval.Roles);
        Assert.Equal(5, steps["steps[8]"].Retry!.Attempts);
        Assert.Equal(TimeSpan.FromHours(8), Result.Playbook.Timeout);
        Assert.Equal("windows_path", Result.Playbook.Inputs.Single(input => input.Name == "staging_dir").Type.Base);
    }
}
