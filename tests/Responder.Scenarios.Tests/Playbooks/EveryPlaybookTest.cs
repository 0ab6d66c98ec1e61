using Responder.Hosting.Connections;
using Responder.Hosting.Testing;

namespace Responder.Scenarios.Tests.Playbooks;

/// <summary>The tests of the playbooks that come with the program, each a row: what <c>responder test playbooks</c> runs.</summary>
public sealed class EveryPlaybookTest
{
    private static readonly PlaybookTests Tests = PlaybookTests.Find([Repository.Path("playbooks")], ConnectorFinder.Find(AppContext.BaseDirectory));

    public static TheoryData<string, string> Rows => [.. Tests.Cases.Select(one => (one.Where, one.About))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Passes(string where, string about)
    {
        var result = Tests.Run(Tests.Cases.Single(one => one.Where == where), TestContext.Current.CancellationToken);

        Assert.True(result.Passed, $"{about}\n- {string.Join("\n- ", result.Failures.Concat(result.Notes.Select(note => "note: " + note)))}");
    }
}
