using Responder.Sdk.Estate;

namespace Responder.Sdk.Tests.Estate;

public sealed class TicketSearchTests
{
    private static readonly Company Company = EstateDefinition.Parse(
        """
        tickets:
          projects:
            P: { name: Project, statuses: { Open: { to: [Done] }, Doing: { category: in_progress }, Done: { category: done } } }
            Q: { name: Queue, statuses: { Open: { } } }
          issues:
            P-1: { summary: First one, status: Done, labels: [a], priority: P2, created_at: 2024-01-01T00:00:00Z }
            P-2: { summary: 'Second "one"', status: Doing, labels: [a, b], assignee: anna, created_at: 2024-01-02T00:00:00Z }
            P-10: { summary: Third, created_at: 2024-01-02T00:00:00Z }
            Q-1: { summary: Other, created_at: 2024-01-03T00:00:00Z }
        """,
        "tickets.yaml").Make();

    private static readonly DateTimeOffset Now = new(2024, 1, 3, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("project = P", "P-10 P-2 P-1")]
    [InlineData("project = Project AND labels = a", "P-2 P-1")]
    [InlineData("project in (P, Q) AND statusCategory != Done", "Q-1 P-10 P-2")]
    [InlineData("project = P AND statusCategory = \"In Progress\"", "P-2")]
    [InlineData("labels not in (b) and project = P", "P-10 P-1")]
    [InlineData("assignee is not empty", "P-2")]
    [InlineData("assignee is EMPTY AND NOT (project = Q OR status = Done)", "P-10")]
    [InlineData("summary ~ \"second \\\"one\"", "P-2")]
    [InlineData("summary ~ \"fir*\" OR key = Q-1", "Q-1 P-1")]
    [InlineData("project = P AND created >= 2024-01-02 ORDER BY key ASC", "P-2 P-10")]
    [InlineData("project = P AND created >= -36h ORDER BY key ASC", "P-2 P-10")]
    [InlineData("project = P AND created >= \"-2160m\" AND created <= -1m ORDER BY key ASC", "P-2 P-10")]
    [InlineData("project = P order by created asc", "P-1 P-2 P-10")]
    [InlineData("labels = \"a\\\" OR project = \\\"Q\"", "")]
    public void Finds(string query, string keys) => Assert.Equal(keys, string.Join(' ', TicketSearch.Run(Company, query, Now).Select(ticket => ticket.Key)));

    [Theory]
    [InlineData("")]
    [InlineData("ORDER BY created")]
    [InlineData("project")]
    [InlineData("project = P AND")]
    [InlineData("project = P extra")]
    [InlineData("project ? P")]
    [InlineData("(project = P")]
    [InlineData("summary ~ \"open")]
    public void What_is_wrong_is_invalid(string query) => Assert.Equal(FailureKind.Invalid, Assert.Throws<ActionFailure>(() => TicketSearch.Run(Company, query, Now)).Kind);
}
