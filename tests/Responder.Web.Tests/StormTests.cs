using System.Text;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Sdk;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>A storm of alerts that look true: what policy allows in an hour happens, and no more until a lead says so.</summary>
public sealed class StormTests
{
    private const int Hosts = 1000;

    private const string Isolates = """
        id: isolates
        name: Isolate at once
        on: { alert: { when: "true" } }
        inputs: { host: { type: hostname, default: "${{ alert.device.hostname }}" } }
        steps:
          - { id: host, uses: edr.find_host, with: { hostname: "${{ inputs.host }}" } }
          - { id: isolate, uses: edr.isolate_host, with: { host: "${{ steps.host.id }}" } }
        """;

    [Fact]
    public async Task A_thousand_alerts_isolate_as_many_hosts_as_the_policy_allows_and_each_further_one_waits_for_a_lead()
    {
        await using var bench = await WebBench.StartAsync([Isolates], overrides: Estate());
        var alerts = Enumerable.Range(0, Hosts).Select(index => new { id = $"storm-{index}", title = "Ransomware", severity_score = 95, device = new { hostname = Name(index) } });
        await WebBench.Read(await bench.PostAsync("/api/alerts/generic", alerts), 202);

        var runs = (await RunsAsync(bench)).ToList();
        Assert.Equal(Hosts, runs.Count);
        foreach (var run in runs)
        {
            await bench.UntilAsync(run.RunId, RunStatus.Waiting, RunStatus.Succeeded);
        }

        var isolated = await bench.Node.Store.Queries.EffectsAsync(null, WebBench.Cancel);
        Assert.Equal(10, isolated.Count(effect => effect.Status == "done"));
        Assert.Equal(10, bench.Node.Connections.Service<IEffectCounter>()!.Effects(null)["edr.isolate_host"].Count);

        var waiting = await bench.Node.Store.Queries.ApprovalsAsync("pending", null, 1, null, WebBench.Cancel);
        var gate = Assert.Single(waiting.Items).Gate;
        Assert.Equal(("lead", "limits.isolations"), (Assert.Single(gate.Roles), Assert.Single(gate.Policy!.Findings).Rule));
        Assert.Equal(Hosts - 10, (await RunsAsync(bench)).Count(run => run.Status == RunStatus.Waiting));

        // A lead lets one more through, which lets nobody else through.
        var approval = waiting.Items[0];
        await WebBench.Read(await bench.PostAsync($"/api/approvals/{approval.Id}", new { choice = "approve", hash = gate.Hash }), 200);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(approval.RunId, RunStatus.Succeeded));
        Assert.Equal(11, (await bench.Node.Store.Queries.EffectsAsync(null, WebBench.Cancel)).Count(effect => effect.Status == "done"));
    }

    private static async Task<IReadOnlyList<RunListItem>> RunsAsync(WebBench bench)
    {
        var all = new List<RunListItem>();
        for (string? cursor = null; ;)
        {
            var page = await bench.Node.Store.Queries.ListAsync(new RunFilter(Limit: 200, Cursor: cursor), WebBench.Cancel);
            all.AddRange(page.Items);
            if ((cursor = page.Next) is null)
            {
                return all;
            }
        }
    }

    private static string Name(int index) => $"STORM-{index:0000}";

    private static string Estate()
    {
        var yaml = new StringBuilder("hosts:\n");
        for (var index = 0; index < Hosts; index++)
        {
            yaml.Append($"  {Name(index)}: {{ id: 5702{index:0000}aaaaaaaaaaaaaaaaaaaaaaaa, ip: 10.99.{index / 250}.{index % 250}, os: Windows 11, role: Workstation, tags: [Storm] }}\n");
        }

        return yaml.ToString();
    }
}
