using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Responder.Connectors.Jira.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Estate;
using Responder.Sdk.Markup;

namespace Responder.Connectors.Jira.Tests;

/// <summary>Tickets as alerts. A ticket's key is a number in its project, so <c>A-1</c> is SOC-201 here.</summary>
public abstract class JiraFeedContract : ProductFeedContract
{
    protected override string Plant(IReadOnlyList<Planted> alerts) =>
        "tickets:\n  issues:\n" + string.Join('\n', alerts.Select(one => $"    {Id(one.Id)}: {{ type: Incident, summary: Look at ENG-WS-045, status: To Do, created_at: {At(one)} }}"));

    protected override string Id(string id) => $"SOC-20{id[2..]}";

    protected override string IdOf(JsonElement document) => document.GetProperty("key").GetString()!;

    protected override void Change(MockEstate estate, string id) => estate.Do(new EffectBy("world.ticket_edited", id), _ => new TicketEdited(id, Priority: "P1"));

    [Fact]
    public async Task A_ticket_that_a_run_opened_starts_none()
    {
        await using var world = await OpenAsync(Plant([Seven[0]]) + "\n    SOC-209: { type: Incident, summary: Data staged, status: To Do, labels: [soar, responder-0123456789abcdef], created_at: 2024-05-31T10:00:00Z }");
        Assert.Equal(["SOC-201"], (await PagesAsync(world, First, 500)).SelectMany(page => page.Alerts.Select(IdOf)));
    }

    [Fact]
    public async Task Only_tickets_of_the_query_are_fetched_with_all_their_fields()
    {
        await using var world = await OpenAsync(
            Plant([Seven[0]]) + "\n    SOC-208: { type: Task, summary: Contain it, status: To Do, labels: [contain], fields: { customfield_10010: ENG-WS-045 }, created_at: 2024-05-31T10:00:00Z }", "labels = contain OR labels = isolate");
        var ticket = Assert.Single(Assert.Single(await PagesAsync(world, First, 500)).Alerts);
        Assert.Equal(("SOC-208", "ENG-WS-045"), (IdOf(ticket), ticket.GetProperty("fields").GetProperty("customfield_10010").GetString()));
        Assert.False(ticket.GetProperty("fields").TryGetProperty("attachment", out _));
    }

    protected override Task<World> OpenAsync(string? overrides = null) => OpenAsync(overrides, null);

    protected abstract Task<World> OpenAsync(string? overrides, string? feed);
}

public sealed class JiraCloudFeedTests : JiraFeedContract
{
    protected override Task<World> OpenAsync(string? overrides, string? feed) =>
        EmulatedWorld.OpenAsync(new JiraConnector(), new JiraCloudEmulator(), HalfPast, overrides, new Dictionary<string, string?> { ["Feed"] = feed });

    [Fact]
    public async Task A_query_with_an_order_of_its_own_is_refused_at_the_start() =>
        Assert.Contains("leave ORDER BY out", (await Assert.ThrowsAsync<SettingsException>(() => OpenAsync(null, "project = SOC ORDER BY created"))).Message, StringComparison.Ordinal);
}

public sealed class JiraDataCenterFeedTests : JiraFeedContract
{
    protected override Task<World> OpenAsync(string? overrides, string? feed) =>
        EmulatedWorld.OpenAsync(new JiraConnector(), new JiraDataCenterEmulator(), HalfPast, overrides, new Dictionary<string, string?> { ["Feed"] = feed });
}

public abstract class JiraWriteBackContract : ProductWriteBackContract
{
    private const string Ticket = "\ntickets:\n  issues:\n    SOC-201: { type: Incident, summary: Look at ENG-WS-045, status: To Do, created_at: 2024-02-28T19:00:00Z }";

    protected override string Alert => "SOC-201";

    protected override string Source => "jira";

    protected override string Unknown => "SOC-9999";

    protected override (string InProgress, string Resolved) Words => ("In Progress", "Done");

    protected override string? Acting => "/comment";

    protected abstract bool Cloud { get; }

    protected override Task<World> OpenAsync(string? overrides = null) =>
        EmulatedWorld.OpenAsync(new JiraConnector(), Cloud ? new JiraCloudEmulator() : new JiraDataCenterEmulator(), Now, overrides ?? Ticket);

    protected override AtProduct Look(Company company)
    {
        var ticket = company.Tickets.Ticket(Alert);
        return new AtProduct(ticket.Status, ticket.Assignee, [.. ticket.Comments.Select(comment => Plain(comment.Body))]);
    }

    /// <summary>A comment as its reader sees it.</summary>
    protected abstract string Plain(string body);

    [Theory]
    [InlineData(AlertVerdict.FalsePositive, "False positive")]
    [InlineData(AlertVerdict.Benign, "Benign")]
    [InlineData(AlertVerdict.TruePositive, "Done")]
    public async Task It_is_closed_as_what_it_was_found_to_be(AlertVerdict verdict, string resolution)
    {
        await using var world = await OpenAsync();
        await WriteAsync(world, End(AlertWork.Resolved, verdict));
        Assert.Equal(("Done", resolution), world.Estate.Read(company => (company.Tickets.Ticket(Alert).Status, company.Tickets.Ticket(Alert).Resolution)));
    }

    [Fact]
    public async Task A_ticket_that_somebody_closed_is_not_opened_again()
    {
        await using var world = await OpenAsync(Ticket.Replace("To Do", "Done", StringComparison.Ordinal));
        await WriteAsync(world, Start());
        Assert.Equal(("Done", 1), (world.Estate.Read(Look).Status, world.Estate.Read(Look).Comments.Count));
    }
}

public sealed class JiraCloudWriteBackTests : JiraWriteBackContract
{
    protected override bool Cloud => true;

    protected override string Plain(string body) => MarkdownPlain.Write(body).TrimEnd('\n');
}

public sealed partial class JiraDataCenterWriteBackTests : JiraWriteBackContract
{
    protected override bool Cloud => false;

    /// <summary>Wiki text without its escapes: a backslash before a mark, a numbered entity; and without our own anchor, which is not shown.</summary>
    protected override string Plain(string body) => Entity().Replace(
        Escape().Replace(Anchor().Replace(body, string.Empty), "$1"), match => ((char)int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ToString()).TrimEnd('\n');

    [GeneratedRegex(@"\{anchor:responder-[0-9a-f]{16}\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"\\([^\w\s])", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    [GeneratedRegex("&#([0-9]{1,3});", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();
}
