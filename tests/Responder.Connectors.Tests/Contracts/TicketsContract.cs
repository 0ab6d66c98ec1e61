using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Tickets.</summary>
public abstract class TicketsContract : ContractSuite
{
    private static CreateTicket Incident(string summary = "T1074 – Data staged on ENG-WS-045") => new(
        "SOC", "Incident", summary, Template.Text("**Data** was staged."), "P2", ["T1074", "data staged"], ["Endpoint-Security"]);

    private static async Task<string> OpenedAsync(World world) => (await world.Connection.ReadAsync(Incident())).Key;

    [Fact]
    public async Task A_ticket_is_opened_and_found_again_by_its_step()
    {
        await using var world = await OpenAsync();
        var step = world.Connection.Step();
        var before = await world.Connection.BeforeAsync(Incident());
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(Incident(), step, before)).Verdict);
        var made = (await world.Connection.DoAsync(Incident(), step)).Value;
        var probed = await world.Connection.ProbeAsync(Incident(), step, before);
        Assert.Equal((ProbeVerdict.Happened, made.Key), (probed.Verdict, probed.Result!.Key));
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(Incident(), world.Connection.Step(), before)).Verdict);

        var ticket = await world.Connection.ReadAsync(new GetTicket(made.Key));
        Assert.Equal(("T1074 – Data staged on ENG-WS-045", false), (ticket.Summary, ticket.Closed));
        Assert.Contains("T1074", ticket.Labels);
        Assert.Contains("data-staged", ticket.Labels);
        Assert.EndsWith(made.Key, made.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_title_is_cut_and_keeps_one_line()
    {
        await using var world = await OpenAsync();
        var key = (await world.Connection.ReadAsync(Incident("a\nb" + new string('x', 400)))).Key;
        var summary = (await world.Connection.ReadAsync(new GetTicket(key))).Summary;
        Assert.Equal(255, summary.Length);
        Assert.StartsWith("a b", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_project_does_not_know_is_invalid()
    {
        await using var world = await OpenAsync();
        await world.Connection.FailsAsync(Incident() with { Project = "NONE" }, FailureKind.Invalid);
        await world.Connection.FailsAsync(Incident() with { Type = "Nonsense" }, FailureKind.Invalid);
        await world.Connection.FailsAsync(Incident() with { Components = ["Nonsense"] }, FailureKind.Invalid);
        await world.Connection.FailsAsync(new GetTicket("SOC-99999"), FailureKind.NotFound);
        Assert.Equal(0, world.Count("tickets.create"));
    }

    [Fact]
    public async Task A_comment_is_found_again_by_its_step()
    {
        await using var world = await OpenAsync();
        var key = await OpenedAsync(world);
        var step = world.Connection.Step();
        var comment = new CommentTicket(key, new Template([new TemplatePart("Staged in ", null, false), new TemplatePart(null, @"C:\temp\*[x](http://evil)", false)]));
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(comment, step)).Verdict);
        var added = (await world.Connection.DoAsync(comment, step)).Value;
        Assert.Equal((ProbeVerdict.Happened, added.Id), ((await world.Connection.ProbeAsync(comment, step)) is var probed ? (probed.Verdict, probed.Result!.Id) : default));
        Assert.Equal(1, world.Count("tickets.comment"));
    }

    [Fact]
    public async Task A_file_is_attached_with_its_size()
    {
        await using var world = await OpenAsync();
        var key = await OpenedAsync(world);
        var step = world.Connection.Step();
        var attach = new AttachFile(key, world.Connection.Keep("manifest.json", "[1,2,3]"), "staged-files.json");
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(attach, step)).Verdict);
        var file = (await world.Connection.DoAsync(attach, step)).Value;
        Assert.Equal(("staged-files.json", 7L), (file.Name, file.Size));
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(attach, step)).Verdict);
    }

    [Fact]
    public async Task A_ticket_moves_by_name_or_category_and_only_once()
    {
        await using var world = await OpenAsync();
        var key = await OpenedAsync(world);
        var step = world.Connection.Step();
        var move = new TransitionTicket(key, "in_progress");
        var before = await world.Connection.BeforeAsync(move);
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(move, step, before)).Verdict);
        Assert.Equal("In Progress", (await world.Connection.DoAsync(move, step)).Value.Status);
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(move, step, before)).Verdict);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new TransitionTicket(key, "In Progress"))).Kind);
        await world.Connection.DoAsync(new TransitionTicket(key, "Done"));
        var probed = await world.Connection.ProbeAsync(move, step, before);
        Assert.Equal((ProbeVerdict.Happened, "moved on by someone"), (probed.Verdict, probed.Result!.Note));
        await world.Connection.FailsAsync(new TransitionTicket(key, "Waiting"), FailureKind.Conflict);
        await world.Connection.FailsAsync(new TransitionTicket(key, "Nonsense"), FailureKind.Invalid);
    }

    [Fact]
    public async Task A_ticket_is_closed_with_resolution_and_comment()
    {
        await using var world = await OpenAsync();
        var key = await OpenedAsync(world);
        var close = new CloseTicket(key, "Malicious – staged data deleted", Template.Text("# Report"), ["compromised-account"]);
        await world.Connection.FailsAsync(close with { Resolution = "Nonsense" }, FailureKind.Invalid);
        Assert.Equal("Done", (await world.Connection.DoAsync(close)).Value.Status);
        var ticket = await world.Connection.ReadAsync(new GetTicket(key));
        Assert.Equal((true, "Malicious – staged data deleted"), (ticket.Closed, ticket.Resolution));
        Assert.Contains("compromised-account", ticket.Labels);
        Assert.Equal(1, world.Count("tickets.close"));
    }

    [Fact]
    public async Task Fields_are_set_and_tickets_linked_once()
    {
        await using var world = await OpenAsync();
        var (first, second) = (await OpenedAsync(world), await OpenedAsync(world));
        Assert.NotEqual(first, second);
        var update = new UpdateTicket(first, Priority: "P1", AddLabels: ["vip"]);
        Assert.Equal(OutcomeKind.Done, (await world.Connection.DoAsync(update)).Kind);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(update)).Kind);
        Assert.Equal(OutcomeKind.Done, (await world.Connection.DoAsync(new LinkTickets(first, second))).Kind);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new LinkTickets(first, second))).Kind);
        await world.Connection.FailsAsync(new LinkTickets(first, "SOC-99999"), FailureKind.NotFound);
        Assert.Equal((1, 1), (world.Count("tickets.update"), world.Count("tickets.link")));
    }

    [Fact]
    public async Task Tickets_are_found_by_a_query_whose_values_are_values()
    {
        await using var world = await OpenAsync();
        var key = await OpenedAsync(world);
        Template Query(string value) => new([new TemplatePart("project = SOC AND labels = ", null, false), new TemplatePart(null, value, false)]);
        var found = await world.Connection.ReadAsync(new FindTickets(Query("T1074")));
        Assert.Equal(key, Assert.Single(found.Tickets).Key);
        Assert.Empty((await world.Connection.ReadAsync(new FindTickets(Query("x\" OR project = \"SOC")))).Tickets);
        await world.Connection.FailsAsync(new FindTickets(Template.Text("order by created")), FailureKind.Invalid);
    }
}
