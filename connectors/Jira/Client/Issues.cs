using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Sdk;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Jira.Client;

/// <summary>Tickets as they are read.</summary>
internal sealed class Issues(JiraClient jira)
{
    private const string Shown = "summary,status,resolution,assignee,labels,priority,issuetype";
    private const int PageSize = 50;

    /// <summary>One ticket, with the fields that are shown and more.</summary>
    /// <exception cref="ActionFailure">There is none, or the account may not see it.</exception>
    public Task<JsonElement> ReadAsync(string key, CancellationToken cancel, string more = "") =>
        jira.GetAsync($"issue/{IssueKey.Check(key)}", cancel, ("fields", more.Length == 0 ? Shown : $"{Shown},{more}"));

    /// <summary>Tickets of a query, newest first as it says, paged to the end or the limit.</summary>
    public async Task<IReadOnlyList<JsonElement>> SearchAsync(string jql, int limit, CancellationToken cancel, string fields = Shown) =>
        await EachAsync(jql, fields, cancel, limit).ToListAsync(cancel);

    /// <summary>The same, page after page: the whole of it is never held.</summary>
    public async IAsyncEnumerable<JsonElement> EachAsync(string jql, string fields, [EnumeratorCancellation] CancellationToken cancel, int limit = int.MaxValue)
    {
        var (count, next) = (0, (string?)null);
        do
        {
            var body = new JsonObject { ["jql"] = jql, ["fields"] = new JsonArray([.. fields.Split(',').Select(field => (JsonNode)field)]), ["maxResults"] = Math.Min(PageSize, limit - count) };
            if (!jira.Cloud)
            {
                body["startAt"] = count;
            }
            else if (next is not null)
            {
                body["nextPageToken"] = next;
            }

            var page = await jira.AskAsync(jira.Cloud ? "search/jql" : "search", body, cancel);
            var before = count;
            foreach (var issue in page.GetProperty("issues").EnumerateArray())
            {
                count++;
                yield return issue;
            }

            next = jira.Cloud
                ? page.TryGetProperty("nextPageToken", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null
                : count > before && count < page.GetProperty("total").GetInt32() ? "more" : null;
        }
        while (next is not null && count < limit);
    }

    /// <summary>A ticket as the actions return it.</summary>
    public TicketFound View(JsonElement issue)
    {
        var key = issue.GetProperty("key").GetString()!;
        var fields = issue.GetProperty("fields");
        return new TicketFound(
            key, jira.PageOf(key), Text(fields, "summary") ?? string.Empty, StatusOf(issue), CategoryOf(fields.GetProperty("status")) == "done", NameOf(fields, "resolution"),
            AssigneeOf(fields), LabelsOf(fields));
    }

    public static IReadOnlyList<string> LabelsOf(JsonElement fields) =>
        fields.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Array ? [.. labels.EnumerateArray().Select(label => label.GetString()!)] : [];

    public static string StatusOf(JsonElement issue) => issue.GetProperty("fields").GetProperty("status").GetProperty("name").GetString()!;

    /// <summary>The category of a status, in the words of the actions.</summary>
    public static string CategoryOf(JsonElement status) =>
        (status.TryGetProperty("statusCategory", out var category) && category.TryGetProperty("key", out var key) ? key.GetString() : null) switch
        {
            "done" => "done",
            "indeterminate" => "in_progress",
            _ => "todo",
        };

    public static string? NameOf(JsonElement fields, string field) =>
        fields.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Object && value.TryGetProperty("name", out var name) ? name.GetString() : null;

    public static string? AssigneeOf(JsonElement fields) => fields.TryGetProperty("assignee", out var person) && person.ValueKind == JsonValueKind.Object
        ? Text(person, "emailAddress") ?? Text(person, "displayName") ?? Text(person, "name") : null;

    public static string? Text(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The account of a mail address, as the deployment names accounts.</summary>
    public async Task<JsonObject> PersonAsync(string who, CancellationToken cancel)
    {
        if (!who.Contains('@', StringComparison.Ordinal))
        {
            return jira.Cloud ? new JsonObject { ["accountId"] = who } : new JsonObject { ["name"] = who };
        }

        var found = (await jira.GetAsync("user/search", cancel, (jira.Cloud ? "query" : "username", who))).EnumerateArray().ToList();
        var exact = found.Where(person => string.Equals(Text(person, "emailAddress"), who, StringComparison.OrdinalIgnoreCase)).ToList();
        var one = exact.Count == 1 ? exact[0] : found.Count == 1 && Text(found[0], "emailAddress") is null or "" ? found[0]
            : throw new ActionFailure(FailureKind.Invalid, $"Jira knows {(found.Count == 0 ? "no" : "no single")} account of '{who}' that this credential may see. Give its account id.");
        return jira.Cloud ? new JsonObject { ["accountId"] = Text(one, "accountId") } : new JsonObject { ["name"] = Text(one, "name") };
    }

    /// <summary>Fields by id: a name that people see is looked up.</summary>
    public async Task<Dictionary<string, JsonElement>> FieldsAsync(IReadOnlyDictionary<string, JsonElement>? fields, CancellationToken cancel)
    {
        var byId = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (fields is null or { Count: 0 })
        {
            return byId;
        }

        var known = (await jira.GetAsync("field", cancel)).EnumerateArray().Select(field => (Id: Text(field, "id")!, Name: Text(field, "name")!)).ToList();
        foreach (var (name, value) in fields)
        {
            var id = known.Where(field => field.Id == name).Select(field => field.Id).FirstOrDefault()
                ?? (known.Where(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Id).ToList() is [var one] ? one
                    : throw new ActionFailure(FailureKind.Invalid, $"Jira has no field '{name}', or several of that name; give its id, like customfield_10010."));
            byId[id] = value;
        }

        return byId;
    }
}
