using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Responder.Connectors.Jira.Client;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Jira.Emulator;

/// <summary>What changes tickets: checked as Jira does, then done in the estate.</summary>
internal sealed class JiraWrites(JiraEmulator jira, EmulatorSite site)
{
    private static readonly string[] Creatable =
        ["project", "issuetype", "summary", "description", "priority", "labels", "components", "assignee", "parent", .. JiraShapes.Custom.Keys];

    private readonly JiraShapes _shapes = new(jira, site);

    public (int, JsonNode?) Create(HttpContext http, JsonElement body)
    {
        var fields = body.TryGetProperty("fields", out var given) ? given : throw new JiraProblem(400, "Field 'fields' is required.");
        var properties = body.TryGetProperty("properties", out var list)
            ? list.EnumerateArray().ToDictionary(one => one.GetProperty("key").GetString()!, one => one.GetProperty("value").ToString()) : [];
        var links = site.Estate.Read(company => Links(company, body));
        var effect = site.Estate.Do(
            EmulatorSite.By(http, "tickets.create", Key(fields, "project") ?? "?", properties.GetValueOrDefault(Marks.Property)), company => Opened(company, fields, properties))!;
        var key = ((TicketOpened)effect.Change!).Key;
        foreach (var link in links)
        {
            site.Estate.Do(EmulatorSite.By(http, "tickets.link", $"{key} {link.To}"), _ => new TicketLinked(key, link.To, link.Type));
        }

        return site.Estate.Read(company => (201, (JsonNode?)new JsonObject
        {
            ["id"] = JiraShapes.IdOf(company.Tickets.Ticket(key)), ["key"] = key, ["self"] = $"{site.Url.GetLeftPart(UriPartial.Authority)}/rest/api/{jira.Version}/issue/{JiraShapes.IdOf(company.Tickets.Ticket(key))}",
        }));
    }

    public (int, JsonNode?) Comment(HttpContext http, JsonElement body)
    {
        var name = JiraRoutes.Name(http);
        var text = body.TryGetProperty("body", out var said) ? Text(said, "comment") : throw new JiraProblem(400, null, ("comment", "Comment body can not be empty!"));
        var key = site.Estate.Read(company => JiraShapes.Find(company, name).Key);
        var effect = site.Estate.Do(EmulatorSite.By(http, "tickets.comment", key, Marks.KeyIn(body)), company =>
            new TicketEdited(key, CommentId: company.Tickets.NextId.ToString(CultureInfo.InvariantCulture), Comment: text))!;
        var id = ((TicketEdited)effect.Change!).CommentId;
        return site.Estate.Read(company => company.Tickets.Ticket(key) is var ticket ? (201, (JsonNode?)_shapes.Comment(ticket, ticket.Comments.First(one => one.Id == id), false)) : default);
    }

    public async Task<(int, JsonNode?)> AttachAsync(HttpContext http)
    {
        if (http.Request.Headers["X-Atlassian-Token"] != "no-check")
        {
            throw new JiraProblem(403, "XSRF check failed");
        }

        var key = site.Estate.Read(company => JiraShapes.Find(company, JiraRoutes.Name(http)).Key);
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : throw new JiraProblem(415, "Unsupported Media Type");
        var answer = new JsonArray();
        foreach (var file in form.Files.GetFiles("file"))
        {
            var effect = site.Estate.Do(EmulatorSite.By(http, "tickets.attach", key), company =>
                new FileOnTicket(key, company.Tickets.NextId.ToString(CultureInfo.InvariantCulture), file.FileName, file.Length))!;
            var id = ((FileOnTicket)effect.Change!).Id;
            answer.Add(site.Estate.Read(company => _shapes.File(company.Tickets.Ticket(key).Attachments.First(one => one.Id == id))));
        }

        return answer.Count > 0 ? (200, answer) : throw new JiraProblem(400, "No files were sent in the part 'file'.");
    }

    public (int, JsonNode?) Transition(HttpContext http, JsonElement body)
    {
        var id = body.TryGetProperty("transition", out var transition) ? JiraRoutes.Text(transition, "id") : null;
        var resolution = body.TryGetProperty("fields", out var fields) && fields.TryGetProperty("resolution", out var given) ? JiraRoutes.Text(given, "name") : null;
        var key = site.Estate.Read(company => JiraShapes.Find(company, JiraRoutes.Name(http)).Key);
        site.Estate.Do(EmulatorSite.By(http, resolution is null ? "tickets.transition" : "tickets.close", key), company =>
        {
            var ticket = company.Tickets.Ticket(key);
            var project = company.Tickets.Project(ticket.Project);
            var to = project.Statuses[ticket.Status].To.FirstOrDefault(status => JiraShapes.TransitionId(project, status) == id)
                ?? throw new JiraProblem(400, $"It isn't possible to transition this work item with the transition id {id} from its status.");
            return resolution is null || project.Resolutions.Contains(resolution)
                ? new TicketEdited(key, Status: to, Resolution: project.CategoryOf(to) == "done" ? resolution ?? "Done" : null)
                : throw new JiraProblem(400, null, ("resolution", $"Resolution name '{resolution}' is not valid"));
        });
        return (204, null);
    }

    public (int, JsonNode?) Edit(HttpContext http, JsonElement body)
    {
        var fields = body.TryGetProperty("fields", out var given) ? given : JsonDocument.Parse("{}").RootElement;
        List<string> labels = body.TryGetProperty("update", out var update) && update.TryGetProperty("labels", out var changes)
            ? [.. changes.EnumerateArray().Select(change => JiraRoutes.Text(change, "add")).OfType<string>()] : [];
        var key = site.Estate.Read(company => JiraShapes.Find(company, JiraRoutes.Name(http)).Key);
        site.Estate.Do(EmulatorSite.By(http, "tickets.update", key), company =>
        {
            var project = company.Tickets.Project(company.Tickets.Ticket(key).Project);
            var own = Own(fields, ["summary", "priority", "assignee", .. JiraShapes.Custom.Keys]);
            var priority = Name(fields, "priority");
            return priority is null || project.Priorities.Contains(priority)
                ? new TicketEdited(key, JiraRoutes.Text(fields, "summary"), Priority: priority, Assignee: Assignee(company, fields), AddLabels: labels, Fields: own)
                : throw new JiraProblem(400, null, ("priority", $"Priority name '{priority}' is not valid"));
        });
        return (204, null);
    }

    public (int, JsonNode?) Link(HttpContext http, JsonElement body)
    {
        var (type, from, to) = (Name(body, "type"), Key(body, "inwardIssue"), Key(body, "outwardIssue"));
        var (key, other) = site.Estate.Read(company => (JiraShapes.Find(company, from ?? string.Empty).Key, JiraShapes.Find(company, to ?? string.Empty).Key));
        site.Estate.Do(EmulatorSite.By(http, "tickets.link", $"{key} {other}"), company =>
        {
            var known = company.Tickets.Project(company.Tickets.Ticket(key).Project).LinkTypes;
            return !known.Contains(type!) ? throw new JiraProblem(404, $"No issue link type with name '{type}' found.")
                : company.Tickets.Ticket(key).Links.Contains(new TicketLink(type!, other)) ? null : new TicketLinked(key, other, type!);
        });
        return (201, null);
    }

    /// <summary>Links that are made with the ticket: only where the screen has the field, and only to a ticket that is there.</summary>
    private List<TicketLink> Links(Company company, JsonElement body)
    {
        if (!body.TryGetProperty("update", out var update))
        {
            return [];
        }

        if (update.EnumerateObject().Select(field => field.Name).FirstOrDefault(field => field != "issuelinks" || !jira.LinksOnCreateScreen) is { } strange)
        {
            throw new JiraProblem(400, null, (strange, $"Field '{strange}' cannot be set. It is not on the appropriate screen, or unknown."));
        }

        return !update.TryGetProperty("issuelinks", out var operations) ? [] : [.. operations.EnumerateArray().Select(operation =>
        {
            var add = operation.EnumerateObject().ToList() is [{ Name: "add" } one] ? one.Value : throw new JiraProblem(400, null, ("issuelinks", "Field does not support update 'issuelinks'"));
            var type = Name(add, "type");
            return !company.Tickets.Projects.Values.Any(project => project.LinkTypes.Contains(type!)) ? throw new JiraProblem(400, null, ("issuelinks", $"No issue link type with name '{type}' found."))
                : add.TryGetProperty("inwardIssue", out _) || Key(add, "outwardIssue") is not { } to ? throw new JiraProblem(400, null, ("issuelinks", "A link needs the other issue as 'outwardIssue'."))
                : new TicketLink(type!, JiraShapes.Find(company, to).Key);
        })];
    }

    private static string? Key(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? JiraRoutes.Text(value, "key") : null;

    private static string? Name(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? JiraRoutes.Text(value, "name") : null;

    private static Dictionary<string, JsonElement> Own(JsonElement fields, string[] known)
    {
        var strange = fields.EnumerateObject().FirstOrDefault(field => !known.Contains(field.Name));
        return strange.Value.ValueKind == JsonValueKind.Undefined
            ? fields.EnumerateObject().Where(field => JiraShapes.Custom.ContainsKey(field.Name)).ToDictionary(field => field.Name, field => field.Value.Clone())
            : throw new JiraProblem(400, null, (strange.Name, $"Field '{strange.Name}' cannot be set. It is not on the appropriate screen, or unknown."));
    }

    private string? Assignee(Company company, JsonElement fields)
    {
        if (!fields.TryGetProperty("assignee", out var person) || person.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var name = JiraRoutes.Text(person, jira.Cloud ? "accountId" : "name");
        return company.Identity.Users.Values.FirstOrDefault(user => (jira.Cloud ? user.Id : user.Upn) == name)?.Upn
            ?? throw new JiraProblem(400, null, ("assignee", $"User '{name}' does not exist."));
    }

    private TicketOpened Opened(Company company, JsonElement fields, Dictionary<string, string> properties)
    {
        var project = company.Tickets.Projects.GetValueOrDefault(Key(fields, "project") ?? string.Empty) ?? throw new JiraProblem(400, null, ("project", "Specify a valid project ID or key"));
        var errors = new List<(string, string)>();
        var type = Name(fields, "issuetype") is { } name && project.Types.Contains(name) ? name : Bad("issuetype", "Specify a valid issue type");
        var summary = JiraRoutes.Text(fields, "summary") is { Length: > 0 } title ? title : Bad("summary", "You must specify a summary of the issue.");
        if (summary.Length > 255 || summary.Contains('\n', StringComparison.Ordinal))
        {
            Bad("summary", summary.Length > 255 ? "Summary must be less than 255 characters." : "The summary is invalid because it contains newline characters.");
        }

        var priority = Name(fields, "priority");
        if (priority is not null && !project.Priorities.Contains(priority))
        {
            Bad("priority", $"Priority name '{priority}' is not valid");
        }

        List<string> components = fields.TryGetProperty("components", out var listed) ? [.. listed.EnumerateArray().Select(one => JiraRoutes.Text(one, "name")!)] : [];
        if (components.FirstOrDefault(one => !project.Components.Contains(one)) is { } unknown)
        {
            Bad("components", $"Component name '{unknown}' is not valid");
        }

        List<string> labels = fields.TryGetProperty("labels", out var marked) ? [.. marked.EnumerateArray().Select(one => one.GetString()!)] : [];
        if (labels.FirstOrDefault(label => label.Contains(' ', StringComparison.Ordinal)) is { } blank)
        {
            Bad("labels", $"The label '{blank}' contains spaces which is invalid.");
        }

        var parent = Key(fields, "parent");
        if (parent is not null && (!JiraShapes.IsSubtask(type) || !company.Tickets.Issues.ContainsKey(parent)))
        {
            Bad("parentId", "Given parent work item does not belong to appropriate hierarchy.");
        }

        if (errors.Count > 0)
        {
            throw new JiraProblem(400, null, [.. errors]);
        }

        return new TicketOpened(
            string.Create(CultureInfo.InvariantCulture, $"{project.Key}-{project.Next}"), type, summary, project.Statuses.Keys.First(),
            fields.TryGetProperty("description", out var text) && text.ValueKind != JsonValueKind.Null ? Text(text, "description") : null,
            priority, labels, components, Assignee(company, fields), parent, Own(fields, Creatable), properties);

        string Bad(string field, string why)
        {
            errors.Add((field, why));
            return string.Empty;
        }
    }

    /// <summary>A document on Cloud, a text on Data Center; the other form is refused, and so is one that is too long.</summary>
    private string Text(JsonElement body, string field)
    {
        var length = jira.Cloud ? body.ValueKind == JsonValueKind.Object ? AdfReader.Length(body) : 0 : body.ValueKind == JsonValueKind.String ? body.GetString()!.Length : 0;
        return length > Jira.Text.TicketText.Limit ? throw new JiraProblem(400, null, (field, "The entered text is too long. It exceeds the allowed limit of 32,767 characters."))
            : jira.Cloud ? AdfReader.Markdown(body, field)
            : body.ValueKind == JsonValueKind.String ? body.GetString()! : throw new JiraProblem(400, null, (field, "Operation value must be a string"));
    }
}
