using Responder.Sdk.Estate;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>Reminders and escalations of gates go out by the products that the installation has.</summary>
public sealed class GateNoticesTests
{
    private const string Waits = """
        id: waits
        name: Wait for somebody
        on: { manual: true }
        steps:
          - id: ask
            approval: { title: "Isolate ws-1?", roles: [analyst], timeout: 1s, on_timeout: escalate, escalate_to: [lead] }
        """;

    private const string Tells = """
        id: tells
        name: Tell the SOC
        on: { manual: true }
        inputs:
          kind: { type: string }
          title: { type: string }
          roles: { type: string }
          url: { type: string }
        steps:
          - uses: chat.notify
            with: { to: soc, message: "${{ inputs.kind }} for ${{ inputs.roles }}: ${{ inputs.title }} ${{ inputs.url }}" }
        """;

    [Fact]
    public async Task An_escalation_starts_the_playbook_that_tells_of_it_once_with_whom_is_asked_and_where()
    {
        await using var bench = await WebBench.StartAsync([Waits, Tells], options => options with { GateNotices = "tells", PublicAddress = "https://soc.example" });
        using var feed = bench.Node.Store.Feed.Follow(null);
        var run = (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "waits" }), 201)).GetProperty("run_id").GetString()!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(WebBench.Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        string? told = null;
        await foreach (var notice in feed.ReadAllAsync(limit.Token))
        {
            if (notice.RunId != run && notice.Row?.Status == Engine.RunStatus.Succeeded)
            {
                told = notice.RunId;
                break;
            }
        }

        Assert.Equal("tells", (await bench.GetAsync($"/api/runs/{told}")).GetProperty("playbook").GetString());
        var events = (await bench.GetAsync($"/api/runs/{told}/events")).GetRawText();
        Assert.Contains("\"started_by\":\"notice\"", events, StringComparison.Ordinal);
        foreach (var value in (string[])["escalation", "lead", "Isolate ws-1?"])
        {
            Assert.Contains($"{{\"value\":\"{value}\"}}", events, StringComparison.Ordinal);
        }

        Assert.Contains("{\"value\":\"https://soc.example/approvals/ap", events, StringComparison.Ordinal);
        Assert.Equal(1, bench.Node.Connections.Service<MockEstate>()!.Effects()["chat.notify"].Count);
    }

    [Fact]
    public async Task A_playbook_that_is_not_there_is_refused_at_the_start_with_the_settings_name()
    {
        var refused = await Assert.ThrowsAsync<Sdk.SettingsException>(() => WebBench.StartAsync([Waits], options => options with { GateNotices = "tells" }));

        Assert.Contains("Approvals:Notify", refused.Message, StringComparison.Ordinal);
    }
}
