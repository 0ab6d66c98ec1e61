using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Jira.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Jira.Tests;

/// <summary>An answer that is lost after Jira has done it: the probe finds it, and nothing is there twice.</summary>
public sealed class RecoveryTests
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);
    private static readonly CreateTicket Incident = new("SOC", "Incident", "Data staged", Template.Text("x"));

    public static TheoryData<string> Deployments => ["jira_cloud", "jira_dc"];

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task A_ticket_whose_answer_is_lost_is_found_though_no_search_knows_it_yet(string deployment)
    {
        await using var world = await OpenAsync(deployment, TimeSpan.FromMinutes(2));
        var before = await world.Connection.BeforeAsync(Incident);
        var step = world.Connection.Step("ticket");
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = "/issue", Do = WireFaultKind.DropAfterDoing, Times = 1 });
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(Incident, step))).Kind);
        var found = await world.Connection.ProbeAsync(Incident, step, before);
        Assert.Equal((ProbeVerdict.Happened, "SOC-142"), (found.Verdict, found.Result!.Key));
        Assert.Equal(1, world.Count("tickets.create"));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task A_follow_up_whose_answer_is_lost_is_linked_all_the_same(string deployment)
    {
        await using var world = await OpenAsync(deployment);
        var followUp = new CreateTicket("SOC", "Task", "Re-image it", Template.Text("x"), Parent: "SOC-141");
        var before = await world.Connection.BeforeAsync(followUp);
        var step = world.Connection.Step("follow");
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = "/issue", Do = WireFaultKind.DropAfterDoing, Times = 1 });
        await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(followUp, step));
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(followUp, step, before)).Verdict);
        Assert.Equal([new TicketLink("Relates", "SOC-141")], world.Estate.Read(company => company.Tickets.Ticket("SOC-142").Links.ToList()));
        Assert.Equal((1, 1), (world.Count("tickets.create"), world.Count("tickets.link")));
    }

    [Theory]
    [InlineData(true, "Task", OutcomeKind.Done)]
    [InlineData(false, "Task", OutcomeKind.Done)]
    [InlineData(false, "Task", OutcomeKind.Partial)]
    [InlineData(true, "Sub-task", OutcomeKind.Done)]
    public async Task A_parent_is_a_parent_a_link_with_the_ticket_or_where_no_screen_has_it_a_link_after_it(bool onScreen, string type, OutcomeKind kind)
    {
        await using var world = await EmulatedWorld.OpenAsync(new JiraConnector(), new JiraCloudEmulator { LinksOnCreateScreen = onScreen }, Now);
        if (kind == OutcomeKind.Partial)
        {
            world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = "/issueLink", Status = 503, Times = 1 });
        }

        var made = await world.Connection.DoAsync(new CreateTicket("SOC", type, "Re-image it", Template.Text("x"), Parent: "SOC-141"));

        Assert.Equal(kind, made.Kind);
        var (parent, links) = world.Estate.Read(company => company.Tickets.Ticket(made.Value.Key) is var ticket ? (ticket.Parent, ticket.Links.Count) : default);
        Assert.Equal((type == "Sub-task" ? "SOC-141" : null, type == "Task" && kind == OutcomeKind.Done ? 1 : 0), (parent, links));
        Assert.Equal(onScreen ? 0 : 1, world.Emulator!.Calls.Count("POST", "/rest/api/3/issueLink"));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task A_ticket_that_was_never_made_is_not_found_among_those_of_others(string deployment)
    {
        await using var world = await OpenAsync(deployment);
        var before = await world.Connection.BeforeAsync(Incident);
        await world.Connection.DoAsync(Incident);
        await world.Connection.DoAsync(Incident);
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(Incident, world.Connection.Step("ticket"), before)).Verdict);
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task A_comment_and_a_close_whose_answers_are_lost_are_there_once(string deployment)
    {
        await using var world = await OpenAsync(deployment);
        var comment = new CommentTicket("SOC-141", Template.Text("Seen."));
        var step = world.Connection.Step("note");
        world.Emulator!.Faults.Add(
            new WireFault { Method = "POST", Path = "/comment", Do = WireFaultKind.DropAfterDoing, Times = 1 }, new WireFault { Method = "POST", Path = "/transitions", Do = WireFaultKind.DropAfterDoing, Times = 1 });
        await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(comment, step));
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(comment, step)).Verdict);

        var key = (await world.Connection.ReadAsync(Incident)).Key;
        var close = new CloseTicket(key, "Benign", Template.Text("Done."));
        var before = await world.Connection.BeforeAsync(close);
        var closing = world.Connection.Step("close");
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(close, closing))).Kind);
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(close, closing, before)).Verdict);
        Assert.Equal((2, 1), (world.Count("tickets.comment"), world.Count("tickets.close")));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task A_text_that_is_too_long_is_cut_and_the_whole_attached(string deployment)
    {
        await using var world = await OpenAsync(deployment);
        var report = string.Concat(Enumerable.Range(0, 900).Select(number => $"## Part {number}\n\nA *line* of the report with {{code}} and a_b [x] in it.\n\n"));
        await world.Connection.DoAsync(new CommentTicket("SOC-141", Template.Text(report)));
        var (file, body) = world.Estate.Read(company => company.Tickets.Ticket("SOC-141") is var ticket ? (ticket.Attachments.Single(), ticket.Comments.Single().Body) : default);
        Assert.Matches("^responder-[0-9a-f]{16}\\.md$", file.Name);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(report), file.Size);
        Assert.Contains("The rest is in the attached file", body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task A_rate_limit_on_a_call_that_acts_is_the_engines_and_says_when(string deployment)
    {
        await using var world = await OpenAsync(deployment);
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = "/comment", Status = 429, RetryAfter = TimeSpan.FromSeconds(7) });
        var failure = await world.Connection.FailsAsync(new CommentTicket("SOC-141", Template.Text("x")), FailureKind.RateLimited);
        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
        Assert.Equal(1, world.Emulator.Calls.Count("POST", "/rest/api/"));
    }

    [Fact]
    public async Task The_check_names_the_permission_that_is_missing_and_a_wrong_token()
    {
        var emulator = new JiraCloudEmulator();
        emulator.Denied.Add("RESOLVE_ISSUES");
        await using var world = await EmulatedWorld.OpenAsync(new JiraConnector(), emulator, Now);
        var health = await world.Connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(CancellationToken.None);
        Assert.True(health.Ok, health.Message);
        Assert.Contains("RESOLVE_ISSUES", health.Allowed["tickets.close"], StringComparison.Ordinal);
        Assert.Null(health.Allowed["tickets.create"]);
        await using var wrong = await EmulatedWorld.OpenAsync(new JiraConnector(), new JiraCloudEmulator(), Now, settings: new Dictionary<string, string?> { ["ApiToken"] = "canary-token" });
        health = await wrong.Connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(CancellationToken.None);
        Assert.False(health.Ok);
        Assert.DoesNotContain("canary", health.Message, StringComparison.Ordinal);
    }

    private static Task<World> OpenAsync(string deployment, TimeSpan lag = default) => EmulatedWorld.OpenAsync(
        new JiraConnector(), deployment == "jira_cloud" ? new JiraCloudEmulator { IndexLag = lag } : new JiraDataCenterEmulator { IndexLag = lag }, Now);
}
