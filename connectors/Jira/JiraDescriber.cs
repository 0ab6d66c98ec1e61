using Responder.Connectors.Jira.Client;
using Responder.Sdk;

namespace Responder.Connectors.Jira;

/// <summary>Says what a ticket is.</summary>
internal sealed class JiraDescriber(Issues issues) : ITargetDescriber
{
    public async Task<TargetFacts> DescribeAsync(TargetKind kind, string value, CancellationToken cancel)
    {
        if (kind != TargetKind.Ticket)
        {
            throw new ActionFailure(FailureKind.Invalid, $"Jira knows no target of the kind {kind}.");
        }

        var issue = await issues.ReadAsync(value, cancel);
        var view = issues.View(issue);
        return new TargetFacts(
            kind, view.Key, [view.Key, view.Summary], view.Labels, Issues.NameOf(issue.GetProperty("fields"), "issuetype"), [], view.Assignee,
            new Dictionary<string, string> { ["status"] = view.Status });
    }
}
