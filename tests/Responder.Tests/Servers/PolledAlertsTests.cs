using System.Net;
using System.Text.Json;
using Responder.Sdk.Estate;

namespace Responder.Tests.Servers;

/// <summary>
/// An alert from its product and back: it is raised there, fetched by the real program, starts one run, says so in the product, and is settled there at the run's end. In the middle the
/// program is killed, and what was raised while it was down is fetched too.
/// </summary>
public sealed class PolledAlertsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    internal const string Playbook = """
        id: told
        name: Look, wait for word, close
        on:
          alert:
            when: alert.title == 'Data staged in a test'
        steps:
          - id: word
            wait: { event: word, match: event.of == alert.source_id }
            timeout: 1h
          - stop: { outcome: contained, reason: It was told so. }
        """;

    /// <summary>Connection, source, who works on it there, what the product says in the middle and at the end.</summary>
    public static TheoryData<string, string, string, string, string> Products => new()
    {
        { "falcon", "crowdstrike", "mlee@company.com", "in_progress", "true_positive" },
        { "defender", "defender", "mlee@company.com", "in_progress", "true_positive" },
        { "graph", "graph", "mlee@company.com", "in_progress", "resolved" },
        { "splunk", "splunk", "mlee", "in_progress", "resolved" },
        { "jira_cloud", "jira", "mlee@company.com", "In Progress", "Done" },
        { "jira_dc", "jira", "mlee@company.com", "In Progress", "Done" },
    };

    [Theory]
    [MemberData(nameof(Products))]
    public async Task An_alert_is_fetched_worked_on_and_settled_at_its_product_through_a_kill(string connection, string source, string assignee, string begun, string settled)
    {
        await using var world = await ServedCompany.OpenAsync(connection, assignee, feeds: true);
        var (estate, server) = (world.Estate, world.Server);
        await server.StartAsync();

        var first = Raise(estate, connection, 1);
        var run = await RunOfAsync(server, first);
        await SaysAsync(estate, connection, first, at => at.Status == begun && at.Assignee == assignee && at.Comments is [var comment] && comment.Contains(run, StringComparison.Ordinal));
        Assert.Equal("ENG-WS-045", await HostAsync(server, source, first) ?? (source == "jira" ? "ENG-WS-045" : "no host"));

        await server.KillAsync();
        var second = Raise(estate, connection, 2);
        await server.StartAsync();
        var other = await RunOfAsync(server, second);
        foreach (var (alert, itsRun) in new[] { (first, run), (second, other) })
        {
            Assert.Equal(HttpStatusCode.Accepted, await server.PostAsync("/api/events/word", new { of = alert }));
            await SaysAsync(estate, connection, alert, at => at.Status == settled && at.Comments is [_, var comment] && comment.Contains(itsRun, StringComparison.Ordinal) && comment.Contains("contained", StringComparison.Ordinal));
        }

        // What was written there is a change, so the product gives the alerts again: they start nothing.
        var fetched = (await FeedAsync(server)).GetProperty("fetched").GetInt64();
        await Settling.UntilAsync(async () => (await FeedAsync(server)).GetProperty("fetched").GetInt64() > fetched + 1, Patience);
        Assert.Equal(2, (await server.GetAsync("/api/runs")).GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, (await FeedAsync(server)).GetProperty("error").ValueKind);
        await Settling.UntilAsync(async () => (await server.GetAsync("/api/errands")).GetProperty("items").GetArrayLength() == 0, Patience);
        Assert.All([first, second], alert => Assert.Equal(2, Look(estate, connection, alert)!.Comments.Count));
    }

    /// <summary>Products that send their alerts: what they send, and what they say at the end.</summary>
    public static TheoryData<string, string, string> Senders => new()
    {
        { "sentinel", """{"objectEventType":"Create","object":{"name":"NOTABLE-1","etag":"1","type":"Microsoft.SecurityInsights/Incidents","properties":{"title":"Data staged in a test","severity":"High","status":"New"} } }""", "closed" },
        { "elastic", """{"alerts":[{"kibana.alert.uuid":"NOTABLE-1","kibana.alert.rule.name":"Data staged in a test","kibana.alert.severity":"high","host.name":"ENG-WS-045"}]}""", "closed" },
        { "splunk", """{"sid":"sch_1","search_name":"Data staged in a test","result":{"event_id":"NOTABLE-1@@notable@@1","dest":"ENG-WS-045","severity":"high"} }""", "resolved" },
    };

    [Theory]
    [MemberData(nameof(Senders))]
    public async Task An_alert_that_is_sent_is_settled_at_its_sender(string product, string body, string settled)
    {
        await using var world = await ServedCompany.OpenAsync(product, "mlee@company.com", feeds: false);
        var id = product == "splunk" ? "NOTABLE-1@@notable@@1" : "NOTABLE-1";
        world.Estate.Happen(JsonSerializer.Deserialize<JsonElement>($$"""{"is":"alert_raised","id":"{{id}}","title":"Data staged in a test","severity":"high"}"""));
        await world.Server.StartAsync();
        Assert.Equal(HttpStatusCode.Accepted, await world.Server.PostAsync($"/api/alerts/{product}", JsonSerializer.Deserialize<JsonElement>(body)));
        var run = await RunOfAsync(world.Server, id);
        await SaysAsync(world.Estate, product, id, at => at.Status == "in_progress" && at.Assignee == "mlee@company.com" && at.Comments is [var comment] && comment.Contains(run, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Accepted, await world.Server.PostAsync("/api/events/word", new { of = id }));
        await SaysAsync(world.Estate, product, id, at => at.Status == settled && at.Comments is [_, var comment] && comment.Contains("contained", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_splunks_webhook_leaves_out_is_read_by_its_search_from_the_product()
    {
        await using var world = await ServedCompany.OpenAsync("splunk", "mlee", feeds: false, """
            siem:
              searches:
                sch_9:
                  - { dest: WS-1, files: "300" }
                  - { dest: WS-2, files: "200" }
                  - { dest: WS-3, files: "200" }
            """);
        await world.Server.StartAsync();
        var sent = JsonSerializer.Deserialize<JsonElement>("""{"sid":"sch_9","search_name":"Data staged in a test","result":{"dest":"WS-1","files":"300"} }""");
        Assert.Equal(HttpStatusCode.Accepted, await world.Server.PostAsync("/api/alerts/splunk", sent));
        await Settling.UntilAsync(async () => (await world.Server.GetAsync("/api/runs")).GetProperty("items").GetArrayLength() == 3, Patience);
        Assert.Equal(HttpStatusCode.Accepted, await world.Server.PostAsync("/api/alerts/splunk", sent));
        var hosts = (await world.Server.GetAsync("/api/alerts")).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("host").GetString()).Order(StringComparer.Ordinal);
        Assert.Equal(["WS-1", "WS-2", "WS-3"], hosts);
        Assert.Equal(3, (await world.Server.GetAsync("/api/runs")).GetProperty("items").GetArrayLength());
    }

    private static string Raise(MockEstate estate, string connection, int number)
    {
        switch (connection)
        {
            case "falcon" or "defender":
                estate.Happen(JsonSerializer.Deserialize<JsonElement>(
                    $$"""{"is":"detection_raised","id":"ind:{{number}}","title":"Data staged in a test","severity":85,"on_host":"ENG-WS-045","user":"COMPANY\\alexchen","techniques":["T1074.001"]}"""));
                return $"ind:{number}";
            case "graph" or "splunk":
                estate.Happen(JsonSerializer.Deserialize<JsonElement>(
                    $$$"""{"is":"alert_raised","id":"NOTABLE-{{{number}}}","title":"Data staged in a test","severity":"high","alert":{"attack":["T1074.001"],"device":{"hostname":"ENG-WS-045"} } }"""));
                return $"NOTABLE-{number}";
            default:
                var key = $"SOC-{200 + number}";
                estate.Do(new EffectBy("world.ticket_opened", key), _ => new TicketOpened(
                    key, "Incident", "Data staged in a test", "To Do", null, null, [], [], null, null, null, new Dictionary<string, string>()));
                return key;
        }
    }

    private static async Task<string> RunOfAsync(ServingProgram server, string alert)
    {
        string? run = null;
        await Settling.UntilAsync(async () => (run = await FindAsync()) is not null, Patience);
        return run!;

        async Task<string?> FindAsync()
        {
            foreach (var one in (await server.GetAsync("/api/alerts")).GetProperty("items").EnumerateArray())
            {
                var whole = await server.GetAsync($"/api/alerts/{one.GetProperty("id").GetString()}");
                if (whole.GetProperty("alert").GetProperty("source_id").GetString() == alert && whole.GetProperty("runs") is { } runs && runs.GetArrayLength() > 0)
                {
                    return runs[0].GetProperty("run_id").GetString();
                }
            }

            return null;
        }
    }

    private static async Task<string?> HostAsync(ServingProgram server, string source, string alert)
    {
        foreach (var one in (await server.GetAsync("/api/alerts")).GetProperty("items").EnumerateArray())
        {
            var whole = (await server.GetAsync($"/api/alerts/{one.GetProperty("id").GetString()}")).GetProperty("alert");
            if (whole.GetProperty("source_id").GetString() == alert)
            {
                Assert.Equal(source, whole.GetProperty("source").GetString());
                return whole.GetProperty("device").GetProperty("hostname").GetString()?.Split('.')[0].ToUpperInvariant();
            }
        }

        return null;
    }

    private static async Task<JsonElement> FeedAsync(ServingProgram server) => Assert.Single((await server.GetAsync("/api/feeds")).GetProperty("items").EnumerateArray().ToList());

    private static async Task SaysAsync(MockEstate estate, string connection, string alert, Func<State, bool> wanted)
    {
        try
        {
            await Settling.UntilAsync(() => Look(estate, connection, alert) is { } state && wanted(state), Patience);
        }
        catch (TimeoutException)
        {
            var state = Look(estate, connection, alert);
            Assert.Fail($"{connection} says of {alert}: {state?.Status}, {state?.Assignee}, {string.Join(" / ", state?.Comments ?? [])}");
        }
    }

    private static State? Look(MockEstate estate, string connection, string id) => estate.Read(company => connection switch
    {
        "falcon" or "defender" => company.Detections.GetValueOrDefault(id) is { } one ? new State(one.Status, one.Assignee, [.. one.Comments.Select(comment => comment.Body)]) : null,
        "jira_cloud" or "jira_dc" => company.Tickets.Issues.GetValueOrDefault(id) is { } one ? new State(one.Status, one.Assignee, [.. one.Comments.Select(comment => comment.Body)]) : null,
        _ => company.Siem.Alerts.GetValueOrDefault(id) is { } one ? new State(one.Status, one.Owner, [.. one.Comments.Select(comment => comment.Body)]) : null,
    });

    private sealed record State(string Status, string? Assignee, IReadOnlyList<string> Comments);
}
