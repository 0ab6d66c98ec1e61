using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Jira.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Bench.OpenApi;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Jira.Tests;

/// <summary>Every kind of call that the connector makes, with the least and the most in it, and every answer of the emulator, held against Atlassian's own description; the contract suite's are too.</summary>
public sealed class SpecificationTests
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    /// <summary>The operations that the connector needs.</summary>
    private static readonly string[] Needed =
    [
        "GET /rest/api/3/field", "GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes", "GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}", "GET /rest/api/3/issue/{issueIdOrKey}",
        "GET /rest/api/3/issue/{issueIdOrKey}/comment", "GET /rest/api/3/issue/{issueIdOrKey}/transitions", "GET /rest/api/3/issueLinkType", "GET /rest/api/3/mypermissions", "GET /rest/api/3/myself",
        "GET /rest/api/3/project/{projectIdOrKey}/statuses", "GET /rest/api/3/user/search", "POST /rest/api/3/issue", "POST /rest/api/3/issue/{issueIdOrKey}/attachments", "POST /rest/api/3/issue/{issueIdOrKey}/comment",
        "POST /rest/api/3/issue/{issueIdOrKey}/transitions", "POST /rest/api/3/issueLink", "POST /rest/api/3/search/jql", "PUT /rest/api/3/issue/{issueIdOrKey}",
    ];

    [Fact]
    public async Task Every_call_and_every_answer_is_as_the_document_has_it()
    {
        var emulator = new WatchedEmulator(new JiraCloudEmulator());
        await using var world = await EmulatedWorld.OpenAsync(new JiraConnector(), emulator, Now);
        await PlayAsync(world);

        await JiraSpecification.AssertAsync(emulator.Calls);
        var made = emulator.Calls.Select(call => JiraSpecification.Document.Find(call.Method, call.Path)).OfType<OpenApiDocument.Operation>().Select(operation => $"{operation.Method} {operation.Path}").ToHashSet();
        Assert.Empty(JiraSpecification.IsWhole ? Needed.Except(made) : Array.Empty<string>().Except(made));
        Assert.NotEmpty(made);
    }

    [Fact]
    public async Task Where_the_screen_has_no_links_they_are_made_after_and_refusals_have_the_documents_form()
    {
        var emulator = new WatchedEmulator(new JiraCloudEmulator { LinksOnCreateScreen = false });
        await using var world = await EmulatedWorld.OpenAsync(new JiraConnector(), emulator, Now);
        await world.Connection.DoAsync(new CreateTicket("SOC", "Task", "Re-image it", Template.Text("x"), Parent: "SOC-141"));
        await world.Connection.FailsAsync(new CreateTicket("SOC", "Nonsense", "x"), FailureKind.Invalid);
        await world.Connection.FailsAsync(new GetTicket("SOC-99999"), FailureKind.NotFound);
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = "/comment", Status = 429, Times = 1 });
        await world.Connection.FailsAsync(new CommentTicket("SOC-141", Template.Text("x")), FailureKind.RateLimited);

        await JiraSpecification.AssertAsync(emulator.Calls);
        Assert.Contains(emulator.Calls, call => call is { Status: 400 });
        Assert.Contains(emulator.Calls, call => call is { Status: 429 });
    }

    [Theory]
    [InlineData("""{"fields":{},"update":{"issuelinks":[{"join":{}}]}}""", 201, """{"id":"1","key":"SOC-1","self":"x"}""")]
    [InlineData("""{"fields":{}}""", 201, """{"id":1,"key":"SOC-1","self":"x"}""")]
    [InlineData("""{"fields":{}}""", 400, """{"errorMessages":"no","errors":{}}""")]
    [InlineData("""{"fields":{}}""", 202, """{}""")]
    public async Task What_the_document_does_not_allow_is_found(string sent, int status, string answered) =>
        Assert.NotEmpty(await JiraSpecification.ProblemsAsync([new WatchedCall("POST", "/rest/api/3/issue", [], sent, status, IsJson: true, answered)]));

    private static async Task PlayAsync(World world)
    {
        var connection = world.Connection;
        await connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(CancellationToken.None);
        var all = new CreateTicket("SOC", "Incident", "All of it", Template.Text("# H\n\n- a\n- **b**\n\n| x | y |\n| --- | --- |\n| 1 | 2 |\n\n```sh\nid\n```\n\n> q"), "P2", ["T1074"], ["Endpoint-Security"], "alexchen@company.com")
        {
            Fields = new Dictionary<string, System.Text.Json.JsonElement> { ["Affected host"] = System.Text.Json.JsonSerializer.SerializeToElement("ENG-WS-045") },
        };
        await connection.BeforeAsync(all);
        var key = (await connection.ReadAsync(all)).Key;
        await connection.ReadAsync(new CreateTicket("SOC", "Task", "A follow-up", Parent: key));
        await connection.ReadAsync(new CreateTicket("SOC", "Sub-task", "A part", Parent: key));
        var step = connection.Step("comment");
        await connection.DoAsync(new CommentTicket(key, Template.Text("Seen.")), step);
        await connection.ProbeAsync(new CommentTicket(key, Template.Text("Seen.")), step);
        await connection.DoAsync(new AttachFile(key, connection.Keep("manifest.json", "[1]"), "files.json"));
        await connection.DoAsync(new UpdateTicket(key, "Another title", "P1", "alexchen@company.com", ["vip"]));
        await connection.DoAsync(new LinkTickets(key, "SOC-141", "Blocks"));
        await connection.DoAsync(new TransitionTicket(key, "in_progress", Template.Text("On it.")));
        await connection.FailsAsync(new TransitionTicket(key, "Nonsense"), FailureKind.Invalid);
        await connection.DoAsync(new CloseTicket(key, "Benign", Template.Text("Done."), ["closed"]));
        await connection.ReadAsync(new FindTickets(Template.Text("project = SOC")));
    }
}
