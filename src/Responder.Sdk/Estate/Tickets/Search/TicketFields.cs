namespace Responder.Sdk.Estate;

/// <summary>What a field of JQL means on a ticket.</summary>
internal static class TicketFields
{
    public static Func<Ticket, IEnumerable<string>> Of(string field, TicketDesk desk) => field.ToLowerInvariant() switch
    {
        "project" => ticket => [ticket.Project, desk.Project(ticket.Project).Name],
        "key" or "issue" or "issuekey" or "id" => ticket => [ticket.Key],
        "status" => ticket => [ticket.Status],
        "statuscategory" => ticket => Category(desk.Project(ticket.Project).CategoryOf(ticket.Status)),
        "type" or "issuetype" => ticket => [ticket.Type],
        "labels" => ticket => ticket.Labels,
        "component" or "components" => ticket => ticket.Components,
        "priority" => ticket => Some(ticket.Priority),
        "assignee" => ticket => Some(ticket.Assignee),
        "resolution" => ticket => Some(ticket.Resolution),
        "parent" => ticket => Some(ticket.Parent),
        "summary" => ticket => [ticket.Summary],
        "description" => ticket => Some(ticket.Description),
        "comment" => ticket => ticket.Comments.Select(comment => comment.Body),
        "text" => ticket => [ticket.Summary, ticket.Description ?? string.Empty, .. ticket.Comments.Select(comment => comment.Body)],
        "created" => ticket => [Json.Time(ticket.CreatedAt)],
        "updated" => ticket => [Json.Time(ticket.UpdatedAt)],
        var other => ticket => ticket.Fields.TryGetValue(other, out var value) ? [value.ValueKind == System.Text.Json.JsonValueKind.String ? value.GetString()! : value.GetRawText()] : [],
    };

    private static string[] Some(string? value) => value is null ? [] : [value];

    /// <summary>Our word, Jira's key and Jira's shown name.</summary>
    private static string[] Category(string category) => category switch
    {
        "done" => ["done", "Done"],
        "in_progress" => ["in_progress", "indeterminate", "In Progress"],
        _ => ["todo", "new", "To Do"],
    };
}
