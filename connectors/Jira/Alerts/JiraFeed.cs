using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Responder.Connectors.Jira.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Jira.Alerts;

/// <summary>
/// Tickets that changed, for playbooks that a ticket starts. Asked for by how long ago: JQL reads a time in the zone of the account's profile, and by the minute. In the order of their
/// keys, which never change, so that a ticket that changes while the pages are read moves no other.
/// </summary>
internal sealed partial class JiraFeed(Issues issues, JiraSettings settings, TimeProvider time) : IAlertFeed
{
    /// <summary>All that people wrote on it; a playbook reads a company's own fields from the alert's <c>raw.fields</c>.</summary>
    private const string Fields = "*all,-comment,-attachment,-worklog";

    /// <summary>How far this clock and Jira's may be apart.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(5);

    public string Source => "jira";

    public Task<AlertPage> ReadAsync(AlertQuery query, CancellationToken cancel)
    {
        var place = FeedPlace.Of(query);
        var minutes = (long)Math.Ceiling(Math.Max(0, (time.GetUtcNow() - place.After + Apart).TotalMinutes));
        var jql = string.Create(CultureInfo.InvariantCulture, $"{(settings.Feed is null ? string.Empty : $"({settings.Feed}) AND ")}updated >= \"-{minutes}m\" ORDER BY key ASC");
        var found = issues.EachAsync(jql, Fields, cancel).Where(issue => !IsOurs(issue)).Select(issue => (ChangedAt(issue), issue.GetProperty("key").GetString()!, issue));
        return place.PageAsync(found, query.Limit, cancel);
    }

    /// <summary>A ticket that a run opened starts none.</summary>
    private static bool IsOurs(JsonElement issue) => Issues.LabelsOf(issue.GetProperty("fields")).Any(label => OurLabel().IsMatch(label));

    private static DateTimeOffset ChangedAt(JsonElement issue) => DateTimeOffset.TryParse(Issues.Text(issue.GetProperty("fields"), "updated"), CultureInfo.InvariantCulture, out var at)
        ? at : throw new ActionFailure(FailureKind.Internal, $"Jira gave {issue.GetProperty("key")} without a time of change.");

    [GeneratedRegex("^responder-[0-9a-f]{16}$", RegexOptions.CultureInvariant)]
    private static partial Regex OurLabel();
}
