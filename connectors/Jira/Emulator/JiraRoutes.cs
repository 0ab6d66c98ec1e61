using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Jira.Emulator;

/// <summary>The paths and what reads are answered; what changes tickets is in <see cref="JiraWrites"/>.</summary>
internal sealed class JiraRoutes(JiraEmulator jira, EmulatorSite site)
{
    private readonly JiraShapes _shapes = new(jira, site);
    private readonly JiraWrites _writes = new(jira, site);

    public void Map(IEndpointRouteBuilder app, string root)
    {
        Get(app, $"{root}/serverInfo", _ => _shapes.ServerInfo());
        Get(app, $"{root}/myself", _ => _shapes.Me());
        Get(app, $"{root}/mypermissions", _shapes.Permissions);
        Get(app, $"{root}/field", _ => JiraShapes.Fields());
        Get(app, $"{root}/user/search", _shapes.People);
        Get(app, $"{root}/issueLinkType", _ => site.Estate.Read(_shapes.LinkTypes));
        Get(app, $"{root}/project/{{project}}", http => site.Estate.Read(company => _shapes.Project(Project(company, http))));
        Get(app, $"{root}/project/{{project}}/statuses", http => site.Estate.Read(company => _shapes.Statuses(Project(company, http))));
        Get(app, $"{root}/issue/createmeta/{{project}}/issuetypes", http => site.Estate.Read(company => _shapes.Types(Project(company, http), http)));
        Get(app, $"{root}/issue/createmeta/{{project}}/issuetypes/{{type}}", http => site.Estate.Read(company => _shapes.CreateFields(Project(company, http), http)));
        Get(app, $"{root}/issue/{{issue}}", http => site.Estate.Read(company => _shapes.Issue(company, JiraShapes.Find(company, Name(http)), http.Request.Query["fields"], http.Request.Query["properties"])));
        Get(app, $"{root}/issue/{{issue}}/comment", http => site.Estate.Read(company => _shapes.Comments(JiraShapes.Find(company, Name(http)), http.Request.Query)));
        Get(app, $"{root}/issue/{{issue}}/transitions", http => site.Estate.Read(company => _shapes.Transitions(company, JiraShapes.Find(company, Name(http)))));
        Get(app, $"{root}/issue/{{issue}}/properties/{{property}}", http => site.Estate.Read(company => JiraShapes.Property(JiraShapes.Find(company, Name(http)), http.Request.RouteValues["property"] as string)));
        Post(app, $"{root}/issue", _writes.Create);
        Post(app, $"{root}/issue/{{issue}}/comment", _writes.Comment);
        Post(app, $"{root}/issue/{{issue}}/transitions", _writes.Transition);
        Post(app, $"{root}/issueLink", _writes.Link);
        app.MapPut($"{root}/issue/{{issue}}", Answering(WithBody(_writes.Edit)));
        app.MapPost($"{root}/issue/{{issue}}/attachments", Answering(_writes.AttachAsync));
        if (jira.Cloud)
        {
            Post(app, $"{root}/search/jql", (_, body) => (200, Enhanced(Text(body, "jql"), Strings(body, "fields"), Number(body, "maxResults"), Text(body, "nextPageToken"))));
            Get(app, $"{root}/search/jql", http => Enhanced(
                http.Request.Query["jql"], http.Request.Query["fields"].ToString() is { Length: > 0 } fields ? fields.Split(',') : null,
                int.TryParse(http.Request.Query["maxResults"], out var most) ? most : null, http.Request.Query["nextPageToken"]));
            foreach (var method in new[] { "GET", "POST" })
            {
                app.MapMethods($"{root}/search", [method], http => JiraEmulator.WriteAsync(
                    http, 410, new JsonObject { ["errorMessages"] = new JsonArray("The requested API has been removed. Please migrate to the /rest/api/3/search/jql API."), ["errors"] = new JsonObject() }));
            }
        }
        else
        {
            Post(app, $"{root}/search", (_, body) => (200, Classic(body)));
        }
    }

    internal static async Task<JsonElement> BodyAsync(HttpContext http)
    {
        try
        {
            return (await JsonDocument.ParseAsync(http.Request.Body)).RootElement;
        }
        catch (JsonException)
        {
            throw new JiraProblem(400, "There was an error parsing JSON. Check that your request body is valid.");
        }
    }

    internal static string Name(HttpContext http) => (string)http.Request.RouteValues["issue"]!;

    internal static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    private static string[]? Strings(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(one => one.ToString())] : null;

    private static TicketProject Project(Company company, HttpContext http) => (string)http.Request.RouteValues["project"]! is var name && company.Tickets.Projects.GetValueOrDefault(name) is { } project
        ? project : throw new JiraProblem(404, $"No project could be found with key '{name}'.");

    private static void Get(IEndpointRouteBuilder app, string path, Func<HttpContext, JsonNode> read) =>
        app.MapGet(path, Answering(http => Task.FromResult<(int, JsonNode?)>((200, read(http)))));

    private static void Post(IEndpointRouteBuilder app, string path, Func<HttpContext, JsonElement, (int, JsonNode?)> act) =>
        app.MapPost(path, Answering(WithBody(act)));

    private static Func<HttpContext, Task<(int, JsonNode?)>> WithBody(Func<HttpContext, JsonElement, (int, JsonNode?)> act) => async http => act(http, await BodyAsync(http));

    private static RequestDelegate Answering(Func<HttpContext, Task<(int, JsonNode?)>> answer) => http => AnswerAsync(http, answer);

    private static async Task AnswerAsync(HttpContext http, Func<HttpContext, Task<(int Status, JsonNode? Body)>> answer)
    {
        try
        {
            var (status, body) = await answer(http);
            await JiraEmulator.WriteAsync(http, status, body);
        }
        catch (JiraProblem problem)
        {
            await JiraEmulator.WriteAsync(http, problem.Status, problem.Body());
        }
    }

    private IReadOnlyList<Ticket> Search(Company company, string? jql)
    {
        if (jira.Cloud && (string.IsNullOrWhiteSpace(jql) || jql.TrimStart().StartsWith("order by", StringComparison.OrdinalIgnoreCase)))
        {
            throw new JiraProblem(400, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.");
        }

        try
        {
            var seen = site.Time.GetUtcNow() - jira.IndexLag;
            return [.. TicketSearch.Run(company, jql ?? string.Empty, site.Time.GetUtcNow()).Where(ticket => ticket.CreatedAt <= seen)];
        }
        catch (ActionFailure failure)
        {
            throw new JiraProblem(400, failure.Message);
        }
    }

    private JsonObject Enhanced(string? jql, string[]? fields, int? most, string? mark) => site.Estate.Read(company =>
    {
        var place = string.IsNullOrEmpty(mark) ? 0 : Paging.Place(mark) ?? throw new JiraProblem(400, "The provided next page token is invalid.");
        var (page, next) = Paging.Slice(Search(company, jql), place, Math.Clamp(most ?? 50, 1, 100));
        var answer = new JsonObject { ["issues"] = new JsonArray([.. page.Select(ticket => (JsonNode)_shapes.Issue(company, ticket, fields is null ? "id" : string.Join(',', fields), null))]), ["isLast"] = next is null };
        if (next is { } more)
        {
            answer["nextPageToken"] = Paging.Mark(more);
        }

        return answer;
    });

    private JsonObject Classic(JsonElement body) => site.Estate.Read(company =>
    {
        var all = Search(company, Text(body, "jql"));
        var (start, most) = (Number(body, "startAt") ?? 0, Math.Clamp(Number(body, "maxResults") ?? 50, 1, 1000));
        var fields = Strings(body, "fields") is { } some ? string.Join(',', some) : null;
        return new JsonObject
        {
            ["startAt"] = start, ["maxResults"] = most, ["total"] = all.Count,
            ["issues"] = new JsonArray([.. Paging.Slice(all, start, most).Page.Select(ticket => (JsonNode)_shapes.Issue(company, ticket, fields, null))]),
        };
    });
}
