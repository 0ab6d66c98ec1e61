using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>What a rule says is not to be started is kept, and starts nothing, until the rule ends.</summary>
public sealed class SuppressionTests
{
    [Fact]
    public async Task A_suppressed_alert_is_kept_with_the_rule_and_its_owner_and_starts_nothing()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Rules("2099-12-31"), WebBench.Cancel);
            await using var bench = await WebBench.StartAsync([Samples.Isolate], options => options with { Suppressions = file });

            var result = await SendAsync(bench, "a-1", "ENG-WS-045");
            var other = await SendAsync(bench, "a-2", "ENG-WS-046");

            Assert.Equal(("suppressed", 0), (result.GetProperty("status").GetString(), result.GetProperty("runs").GetArrayLength()));
            Assert.Equal("accepted", other.GetProperty("status").GetString());
            var kept = await bench.GetAsync($"/api/alerts/{result.GetProperty("alert_id").GetString()}");
            var rule = Assert.Single(kept.GetProperty("explanation").GetProperty("suppressed").EnumerateArray().ToList());
            Assert.Equal(("red-team", "mlee@company.com", "isolate"), (rule.GetProperty("rule").GetString(), rule.GetProperty("owner").GetString(), rule.GetProperty("playbooks")[0].GetString()));
            Assert.Equal("suppressed", kept.GetProperty("status").GetString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_rule_that_has_expired_or_is_broken_suppresses_nothing()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Rules("2020-01-01") + "  - { id: broken, when: alert.nothing == 1, owner: a, reason: b, expires: 2099-01-01 }\n", WebBench.Cancel);
            await using var bench = await WebBench.StartAsync([Samples.Isolate], options => options with { Suppressions = file });

            Assert.Equal("accepted", (await SendAsync(bench, "a-1", "ENG-WS-045")).GetProperty("status").GetString());
            Assert.Contains(bench.Logs, line => line.Contains("SUP001", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<System.Text.Json.JsonElement> SendAsync(WebBench bench, string id, string host) =>
        (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged(id, host)), 202)).GetProperty("results")[0];

    private static string Rules(string expires) => $"""
        suppress:
          - id: red-team
            when: alert.device.hostname == 'ENG-WS-045'
            owner: mlee@company.com
            reason: A red team is at work there.
            expires: {expires}

        """;
}
