namespace Responder.Tests;

/// <summary><c>responder alerts</c> and <c>responder keys</c>, by the real program.</summary>
public sealed class AlertsVerbTests
{
    private const string Sample = "playbooks/t1074-data-staged/alerts/sysmon-data-staged.json";

    [Fact]
    public async Task Normalize_prints_alerts_and_refusals_and_exits_2_where_there_is_no_alert()
    {
        using var program = new TheProgram();

        var good = await program.RunAsync("alerts", "normalize", Sample, "--source", "auto");
        var bad = await program.RunAsync("alerts", "normalize", program.File("bad.json", """[{"hello":1},7]"""));

        Assert.Equal((0, "sysmon"), (good.Code, good.Json.GetProperty("alerts")[0].GetProperty("source").GetString()));
        Assert.Equal(2, bad.Code);
        Assert.Equal(0, bad.Json.GetProperty("alerts").GetArrayLength());
        Assert.Equal([0, 1], bad.Json.GetProperty("refused").EnumerateArray().Select(one => one.GetProperty("index").GetInt32()));
        Assert.Equal(2, (await program.RunAsync("alerts", "normalize", Sample, "--source", "nothing")).Code);
    }

    [Fact]
    public async Task Explain_says_which_playbooks_start_which_not_and_why()
    {
        using var program = new TheProgram();
        var rules = program.File("s.yaml", "suppress:\n  - { id: drill, when: \"alert.device.hostname == 'ENG-WS-045'\", owner: mlee, reason: Drill., expires: 2099-01-01 }\n");

        var plain = await program.RunAsync("alerts", "explain", Sample, "--output", "json");
        var suppressed = await program.RunAsync("alerts", "explain", Sample, "--suppressions", rules);

        var verdicts = plain.Json.GetProperty("alerts")[0].GetProperty("playbooks").EnumerateArray().ToDictionary(one => one.GetProperty("playbook").GetString()!, one => one.GetProperty("verdict").GetString());
        Assert.Equal(("true", "false"), (verdicts["t1074-data-staged"], verdicts["ransomware-host"]));
        Assert.Contains("suppressed t1074-data-staged", suppressed.Output, StringComparison.Ordinal);
        Assert.Contains("not true: alert.attack.includes('T1486')", suppressed.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await program.RunAsync("alerts", "explain", program.File("bad.json", "{}"))).Code);
    }

    [Fact]
    public async Task Send_says_what_to_do_where_no_server_is()
    {
        using var program = new TheProgram();

        var sent = await program.RunAsync("alerts", "send", Sample, "--source", "sysmon", "--data", program.Data);

        Assert.Equal(2, sent.Code);
        Assert.Contains("responder serve", sent.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_shown_once_listed_without_its_text_and_revoked()
    {
        using var program = new TheProgram();

        var made = await program.RunAsync("keys", "create", "--name", "splunk", "--scope", "alerts:write:splunk", "--from", "10.0.0.0/8", "--per-minute", "600", "--data", program.Data, "--output", "json");
        var listed = await program.RunAsync("keys", "list", "--data", program.Data, "--output", "json");
        var id = made.Json.GetProperty("id").GetString()!;
        var revoked = await program.RunAsync("keys", "revoke", id, "--data", program.Data);

        Assert.StartsWith("rsp_", made.Json.GetProperty("key").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("rsp_", listed.Output, StringComparison.Ordinal);
        var row = listed.Json.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetString() == id);
        Assert.Equal(("10.0.0.0/8", 600), (row.GetProperty("allowed_from")[0].GetString(), row.GetProperty("per_minute").GetInt32()));
        Assert.Equal(0, revoked.Code);
        Assert.Equal(2, (await program.RunAsync("keys", "revoke", id, "--data", program.Data)).Code);
        Assert.Equal(2, (await program.RunAsync("keys", "create", "--name", "x", "--scope", "alerts:reed", "--data", program.Data)).Code);
    }
}
