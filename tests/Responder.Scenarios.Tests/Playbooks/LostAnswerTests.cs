using System.Text.Json.Nodes;
using Responder.Hosting.Connections;
using Responder.Hosting.Testing;

namespace Responder.Scenarios.Tests.Playbooks;

/// <summary>Each effect of a playbook's own story is done, and its answer is lost: the story ends as it does without that, with the effect once.</summary>
public sealed class LostAnswerTests
{
    private static readonly PlaybookTests Tests = PlaybookTests.Find([Repository.Path("playbooks")], ConnectorFinder.Find(AppContext.BaseDirectory));

    /// <summary>Every test without a fault of its own, with each effect that it expects.</summary>
    public static TheoryData<string, string> Rows => [.. Tests.Cases
        .Where(one => one.Test is { Faults: null })
        .SelectMany(one => one.Test!.Expect.Effects.Where(effect => effect.Value > 0).Select(effect => (one.Where, effect.Key)))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Is_found_and_not_done_again(string where, string action)
    {
        var found = Tests.Cases.Single(one => one.Where == where);
        var faults = new JsonArray(new JsonObject { ["action"] = action, ["do"] = "timeout_after_doing", ["times"] = 1 });

        var result = Tests.Run(found with { Test = found.Test! with { Faults = faults } }, TestContext.Current.CancellationToken);

        Assert.True(result.Passed, $"{action} after a lost answer, {found.About}\n- {string.Join("\n- ", result.Failures.Concat(result.Notes.Select(note => "note: " + note)))}");
    }
}
