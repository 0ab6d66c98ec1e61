using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Responder.Connectors.Jira.Client;
using Responder.Connectors.Jira.Text;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Jira.Emulator;

/// <summary>The estate's tickets in Jira's shapes.</summary>
internal sealed class JiraShapes(JiraEmulator jira, EmulatorSite site)
{
    private const int FirstId = 10_000;

    /// <summary>Fields of the company's own, by id.</summary>
    public static IReadOnlyDictionary<string, string> Custom { get; } = new Dictionary<string, string> { ["customfield_10010"] = "Affected host", ["customfield_10011"] = "Affected user" };

    private string Root => $"{site.Url.GetLeftPart(UriPartial.Authority)}/rest/api/{jira.Version}";

    public static string IdOf(Ticket ticket) => (FirstId + ticket.Number).ToString(CultureInfo.InvariantCulture);

    /// <summary>The ticket of a key or an id.</summary>
    public static Ticket Find(Company company, string name) => company.Tickets.Issues.GetValueOrDefault(name)
        ?? company.Tickets.Issues.Values.FirstOrDefault(ticket => IdOf(ticket) == name) ?? throw JiraProblem.NoIssue();

    public JsonObject ServerInfo() => new()
    {
        ["baseUrl"] = site.Url.GetLeftPart(UriPartial.Authority), ["version"] = jira.Cloud ? "1001.0.0-SNAPSHOT" : "9.12.5",
        ["versionNumbers"] = jira.Cloud ? new JsonArray(1001, 0, 0) : new JsonArray(9, 12, 5), ["deploymentType"] = jira.Cloud ? "Cloud" : "Server", ["buildNumber"] = jira.Cloud ? 100_289 : 9_120_005,
        ["buildDate"] = "2024-02-20T00:00:00.000+0000", ["serverTime"] = Time(site.Time.GetUtcNow()), ["scmInfo"] = "0000000000000000000000000000000000000000", ["serverTitle"] = "Jira",
    };

    public JsonObject Me() => Person("responder@company.com", "Responder", "557058:responder");

    public JsonObject Permissions(HttpContext http)
    {
        var all = new JsonObject();
        var asked = http.Request.Query["permissions"].ToString();
        if (jira.Cloud && asked.Length == 0)
        {
            throw new JiraProblem(400, "The 'permissions' query parameter is required.");
        }

        foreach (var name in (asked.Length > 0 ? asked : "BROWSE_PROJECTS,CREATE_ISSUES,ADD_COMMENTS,CREATE_ATTACHMENTS,EDIT_ISSUES,LINK_ISSUES,TRANSITION_ISSUES,RESOLVE_ISSUES").Split(','))
        {
            all[name] = new JsonObject { ["id"] = "1", ["key"] = name, ["name"] = name, ["type"] = "PROJECT", ["description"] = name, ["havePermission"] = !jira.Denied.Contains(name) };
        }

        return new JsonObject { ["permissions"] = all };
    }

    public static JsonArray Fields() =>
    [
        .. new[] { ("summary", "Summary"), ("description", "Description"), ("priority", "Priority"), ("labels", "Labels"), ("components", "Components"), ("assignee", "Assignee") }
            .Concat(Custom.Select(field => (field.Key, field.Value)))
            .Select(field => new JsonObject { ["id"] = field.Item1, ["key"] = field.Item1, ["name"] = field.Item2, ["custom"] = Custom.ContainsKey(field.Item1) }),
    ];

    public JsonArray People(HttpContext http)
    {
        var like = http.Request.Query[jira.Cloud ? "query" : "username"].ToString();
        return site.Estate.Read(company => new JsonArray([.. company.Identity.Users.Values.Where(user => user.Upn.StartsWith(like, StringComparison.OrdinalIgnoreCase)).Select(user => (JsonNode)Of(user))]));
    }

    public JsonObject LinkTypes(Company company) => new()
    {
        ["issueLinkTypes"] = new JsonArray([.. company.Tickets.Projects.Values.SelectMany(project => project.LinkTypes).Distinct().Select((type, index) => (JsonNode)LinkType(type, index))]),
    };

    public JsonObject Project(TicketProject project) => new()
    {
        ["self"] = $"{Root}/project/10000", ["id"] = "10000", ["key"] = project.Key, ["name"] = project.Name, ["projectTypeKey"] = "software", ["simplified"] = false,
    };

    public JsonArray Statuses(TicketProject project) => new([.. project.Types.Select((type, index) => (JsonNode)new JsonObject
    {
        ["self"] = $"{Root}/issuetype/{TypeId(index)}", ["id"] = TypeId(index), ["name"] = type, ["subtask"] = IsSubtask(type), ["statuses"] = new JsonArray([.. project.Statuses.Keys.Select(status => (JsonNode)Status(project, status))]),
    })]);

    public JsonObject Types(TicketProject project, HttpContext http) =>
        MetaPage("issueTypes", [.. project.Types.Select((type, index) => Type(project, type, index))], http);

    /// <summary>What can be given when a ticket is made.</summary>
    public JsonObject CreateFields(TicketProject project, HttpContext http)
    {
        var type = http.Request.RouteValues["type"] as string;
        if (!Enumerable.Range(0, project.Types.Count).Any(index => TypeId(index) == type))
        {
            throw new JiraProblem(404, "The issue type is not found.");
        }

        var fields = new[] { ("summary", "Summary", "string", "set"), ("description", "Description", "string", "set"), ("labels", "Labels", "array", "add") }
            .Concat(Custom.Select(field => (field.Key, field.Value, "string", "set")))
            .Concat(jira.LinksOnCreateScreen ? [("issuelinks", "Linked Issues", "array", "add")] : []);
        return MetaPage("fields", [.. fields.Select(field => new JsonObject
        {
            ["required"] = field.Item1 == "summary", ["schema"] = new JsonObject { ["type"] = field.Item3, ["system"] = field.Item1 }, ["name"] = field.Item2, ["key"] = field.Item1, ["fieldId"] = field.Item1,
            ["hasDefaultValue"] = false, ["operations"] = new JsonArray(field.Item4),
        })], http);
    }

    public JsonObject Issue(Company company, Ticket ticket, string? fields, string? properties)
    {
        var issue = new JsonObject { ["expand"] = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations", ["id"] = IdOf(ticket), ["self"] = $"{Root}/issue/{IdOf(ticket)}", ["key"] = ticket.Key };
        if (fields == "id")
        {
            return issue;
        }

        if (!string.IsNullOrEmpty(properties))
        {
            var held = new JsonObject();
            foreach (var (name, value) in ticket.Properties.Where(one => properties == "*all" || properties.Split(',').Contains(one.Key)))
            {
                held[name] = value;
            }

            issue["properties"] = held;
        }

        var all = All(company, ticket);
        var wanted = string.IsNullOrEmpty(fields) ? ["*all"] : fields.Split(',').ToHashSet(StringComparer.Ordinal);
        var every = wanted.Contains("*all") || wanted.Contains("*navigable");
        foreach (var name in all.Select(field => field.Key).Where(name => wanted.Contains("-" + name) || (!every && !wanted.Contains(name))).ToList())
        {
            all.Remove(name);
        }

        issue["fields"] = all;
        return issue;
    }

    public JsonObject Comments(Ticket ticket, IQueryCollection query)
    {
        var all = query["orderBy"] == "-created" ? ticket.Comments.AsEnumerable().Reverse().ToList() : ticket.Comments;
        var start = int.TryParse(query["startAt"], out var from) ? from : 0;
        var most = Math.Clamp(int.TryParse(query["maxResults"], out var limit) ? limit : 50, 1, 100);
        return new JsonObject
        {
            ["startAt"] = start, ["maxResults"] = most, ["total"] = all.Count,
            ["comments"] = new JsonArray([.. Paging.Slice(all, start, most).Page.Select(comment => (JsonNode)Comment(ticket, comment, query["expand"].ToString().Contains("properties", StringComparison.Ordinal)))]),
        };
    }

    public JsonObject Comment(Ticket ticket, Remark comment, bool properties)
    {
        var shown = new JsonObject
        {
            ["self"] = $"{Root}/issue/{IdOf(ticket)}/comment/{comment.Id}", ["id"] = comment.Id, ["author"] = Me(), ["body"] = Body(comment.Body), ["updateAuthor"] = Me(),
            ["created"] = Time(comment.At), ["updated"] = Time(comment.At), ["jsdPublic"] = true,
        };
        if (properties)
        {
            shown["properties"] = comment.Key is null ? [] : Marks.Properties(comment.Key);
        }

        return shown;
    }

    public JsonObject Transitions(Company company, Ticket ticket)
    {
        var project = company.Tickets.Project(ticket.Project);
        return new JsonObject
        {
            ["expand"] = "transitions",
            ["transitions"] = new JsonArray([.. project.Statuses[ticket.Status].To.Select(status => (JsonNode)Transition(project, status))]),
        };
    }

    /// <summary>A transition's id: by its target's place, so that it differs from the target's own.</summary>
    public static string TransitionId(TicketProject project, string status) => (11 + (10 * project.Statuses.Keys.ToList().IndexOf(status))).ToString(CultureInfo.InvariantCulture);

    public static JsonObject Property(Ticket ticket, string? name) => name is not null && ticket.Properties.TryGetValue(name, out var value)
        ? new JsonObject { ["key"] = name, ["value"] = value }
        : throw new JiraProblem(404, $"Property {name} does not exist.");

    public JsonObject File(Attachment file) => new()
    {
        ["self"] = $"{Root}/attachment/{file.Id}", ["id"] = file.Id, ["filename"] = file.Name, ["author"] = Me(), ["created"] = Time(file.At), ["size"] = file.Size,
        ["mimeType"] = "application/octet-stream", ["content"] = $"{Root}/attachment/content/{file.Id}",
    };

    private JsonObject MetaPage(string name, IReadOnlyList<JsonObject> all, HttpContext http)
    {
        var start = int.TryParse(http.Request.Query["startAt"], out var from) ? from : 0;
        var most = Math.Clamp(int.TryParse(http.Request.Query["maxResults"], out var limit) ? limit : 50, 1, 200);
        return new JsonObject { ["startAt"] = start, ["maxResults"] = most, ["total"] = all.Count, [jira.Cloud ? name : "values"] = new JsonArray([.. Paging.Slice(all, start, most).Page]) };
    }

    public static bool IsSubtask(string type) => type.StartsWith("Sub", StringComparison.OrdinalIgnoreCase);

    private static string TypeId(int index) => (10_001 + index).ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    private static JsonObject? Named(string? name) => name is null ? null : new JsonObject { ["id"] = "10000", ["name"] = name };

    private JsonNode? Body(string? text) => text is null ? null : jira.Cloud ? Adf.Write(text).Document : JsonValue.Create(text);

    private JsonObject All(Company company, Ticket ticket)
    {
        var project = company.Tickets.Project(ticket.Project);
        var fields = new JsonObject
        {
            ["summary"] = ticket.Summary, ["issuetype"] = Type(project, ticket.Type, Math.Max(0, project.Types.IndexOf(ticket.Type))), ["project"] = Project(project), ["status"] = Status(project, ticket.Status),
            ["resolution"] = Named(ticket.Resolution), ["priority"] = Named(ticket.Priority), ["labels"] = new JsonArray([.. ticket.Labels.Select(label => (JsonNode)label)]),
            ["components"] = new JsonArray([.. ticket.Components.Select(component => (JsonNode)Named(component)!)]),
            ["assignee"] = ticket.Assignee is null ? null : company.Identity.Users.GetValueOrDefault(ticket.Assignee) is { } user ? Of(user) : Person(ticket.Assignee, ticket.Assignee, ticket.Assignee),
            ["description"] = Body(ticket.Description), ["created"] = Time(ticket.CreatedAt), ["updated"] = Time(ticket.UpdatedAt),
            ["attachment"] = new JsonArray([.. ticket.Attachments.Select(file => (JsonNode)File(file))]),
            ["issuelinks"] = new JsonArray([.. ticket.Links.Select((link, index) => (JsonNode)new JsonObject
            {
                ["id"] = (20_000 + index).ToString(CultureInfo.InvariantCulture), ["type"] = LinkType(link.Type, project.LinkTypes.IndexOf(link.Type)),
                ["outwardIssue"] = new JsonObject { ["key"] = link.To },
            })]),
        };
        if (ticket.Parent is { } parent)
        {
            fields["parent"] = new JsonObject { ["key"] = parent };
        }

        foreach (var name in Custom.Keys)
        {
            fields[name] = ticket.Fields.TryGetValue(name, out var value) ? JsonSerializer.SerializeToNode(value) : null;
        }

        return fields;
    }

    private JsonObject Transition(TicketProject project, string status)
    {
        var done = project.CategoryOf(status) == "done";
        var fields = new JsonObject();
        if (done)
        {
            fields["resolution"] = new JsonObject
            {
                ["required"] = true, ["name"] = "Resolution", ["key"] = "resolution", ["operations"] = new JsonArray("set"), ["schema"] = new JsonObject { ["type"] = "resolution", ["system"] = "resolution" },
                ["allowedValues"] = new JsonArray([.. project.Resolutions.Select(resolution => (JsonNode)Named(resolution)!)]),
            };
        }

        return new JsonObject
        {
            ["id"] = TransitionId(project, status), ["name"] = $"Go to {status}", ["to"] = Status(project, status), ["hasScreen"] = done, ["isGlobal"] = false, ["isInitial"] = false,
            ["isAvailable"] = true, ["isConditional"] = false, ["isLooped"] = false, ["fields"] = fields,
        };
    }

    private JsonObject Status(TicketProject project, string status)
    {
        var id = (10_100 + project.Statuses.Keys.ToList().IndexOf(status)).ToString(CultureInfo.InvariantCulture);
        var (number, key, name) = project.CategoryOf(status) switch { "done" => (3, "done", "Done"), "in_progress" => (4, "indeterminate", "In Progress"), _ => (2, "new", "To Do") };
        return new JsonObject
        {
            ["self"] = $"{Root}/status/{id}", ["description"] = string.Empty, ["iconUrl"] = site.Url.GetLeftPart(UriPartial.Authority) + "/", ["name"] = status, ["id"] = id,
            ["statusCategory"] = new JsonObject { ["self"] = $"{Root}/statuscategory/{number}", ["id"] = number, ["key"] = key, ["colorName"] = "yellow", ["name"] = name },
        };
    }

    private JsonObject Type(TicketProject project, string type, int index) => new()
    {
        ["self"] = $"{Root}/issuetype/{TypeId(index)}", ["id"] = TypeId(index), ["description"] = $"{project.Name}: {type}", ["name"] = type, ["subtask"] = IsSubtask(type), ["hierarchyLevel"] = IsSubtask(type) ? -1 : 0,
    };

    private JsonObject LinkType(string type, int index) => new()
    {
        ["id"] = (10_200 + index).ToString(CultureInfo.InvariantCulture), ["name"] = type, ["inward"] = type.ToLowerInvariant(), ["outward"] = type.ToLowerInvariant(), ["self"] = $"{Root}/issueLinkType/{10_200 + index}",
    };

    private JsonObject Of(CloudUser user) => Person(user.Upn, user.Name, user.Id);

    private JsonObject Person(string mail, string name, string id)
    {
        var person = new JsonObject { ["self"] = $"{Root}/user?accountId={Uri.EscapeDataString(id)}", ["emailAddress"] = mail, ["displayName"] = name, ["active"] = true, ["timeZone"] = "Etc/UTC" };
        person[jira.Cloud ? "accountId" : "name"] = jira.Cloud ? id : mail;
        if (jira.Cloud)
        {
            person["accountType"] = "atlassian";
        }

        return person;
    }
}
