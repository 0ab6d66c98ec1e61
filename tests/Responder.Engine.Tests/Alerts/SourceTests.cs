using Responder.Engine.Alerts;

namespace Responder.Engine.Tests.Alerts;

public sealed class SourceTests
{
    public static TheoryData<string> Names() => [.. Fixtures.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Host_user_process_file_and_time_come_out_of_every_source(string name)
    {
        var (source, body) = Fixtures.All[name];

        var alert = Sources.One(source, body);

        Assert.Equal("2026-03-01T09:00:00.000Z", Sdk.Json.Time(alert.Time));
        Assert.StartsWith("ws-7", alert.Device.Hostname!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("ann", alert.User.Name);
        Assert.True(name is "sentinelone" || alert.Process.Pid == 77, "pid");
        Assert.True(name is "sentinel" || alert.Process.Image is not null, "image");
        Assert.Equal("x.exe", alert.File.Name);
        Assert.NotNull(alert.Title);
        Assert.NotEqual(AlertSeverity.Unknown, alert.Severity);
        Assert.Equal(source == "sysmon", alert.IsEvent);
        Assert.Equal(alert.IsEvent, alert.Attack.Count == 0);
        Assert.Empty(alert.Notes);
    }

    [Theory]
    [InlineData("""{"webhookEvent":"jira:issue_created","timestamp":1,"issue":{"key":"SOC-7","self":"https://j.example/7","fields":{"summary":"Staged data T1074.001","description":"Look at WS-7.","priority":{"name":"High"},"labels":["T1560"],"created":"2026-03-01T10:00:00.000+0100","updated":"2026-03-01T10:00:00.000+0100"}}}""")]
    [InlineData("""{"key":"SOC-7","self":"https://j.example/7","fields":{"summary":"Staged data T1074.001","description":{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Look at"},{"type":"text","text":"WS-7."}]}]},"priority":{"name":"High"},"labels":["T1560"],"created":"2026-03-01T09:00:00Z","updated":"2026-03-01T09:00:00Z"}}""")]
    [InlineData("""{"issues":[{"key":"SOC-7","self":"https://j.example/7","fields":{"summary":"Staged data T1074.001","description":"Look at WS-7.","priority":{"name":"High"},"labels":["T1560"],"created":"2026-03-01T09:00:00Z","updated":"2026-03-01T09:00:00Z"}}]}""")]
    public void A_ticket_is_a_trigger_in_each_of_its_forms(string body)
    {
        var alert = Sources.One("jira", body);

        Assert.Equal(("SOC-7", "Staged data T1074.001", "Look at WS-7.", AlertSeverity.High), (alert.SourceId, alert.Title, alert.Summary, alert.Severity));
        Assert.Equal(["T1560", "T1074.001"], alert.Attack);
        Assert.Equal("2026-03-01T09:00:00.000Z", Sdk.Json.Time(alert.Time));
        Assert.Equal("jira", Sources.Normalizer.Normalize("auto", body, Sources.Received).Source);
    }

    [Fact]
    public void Each_row_of_a_splunk_search_is_an_alert_of_its_own_and_a_notable_is_one_however_it_comes()
    {
        string[] rows = ["""{"event_id":"4688","host":"WS-7","_time":"1772355600"}""", """{"event_id":"4688","host":"WS-8","_time":"1772355600"}""", """{"_time":"1772355600","event_id":"4688","host":"WS-7"}"""];

        var ids = rows.Select(row => Sources.One("splunk", $$"""{"sid":"sch_1","search_name":"S","result":{{row}}}""").SourceId).ToList();

        Assert.Equal((2, ids[0]), (ids.Distinct().Count(), ids[2]));
        const string notable = """{"event_id":"A@@notable@@1","rule_title":"Data staged","dest":"WS-7","status":"1","urgency":"high"}""";
        var (pushed, polled) = (Sources.One("splunk", $$"""{"sid":"sch_1","result":{{notable}}}"""), Sources.One("splunk", $$"""{"result":{{notable}}}"""));
        Assert.Equal((pushed.DeliveryKey, "A@@notable@@1"), (polled.DeliveryKey, polled.SourceId));
        Assert.Equal(("Data staged", "WS-7", AlertSeverity.High), (polled.Title, polled.Device.Hostname, polled.Severity));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Auto_finds_the_source_by_shape(string name) => Assert.Equal(Fixtures.All[name].Source, Sources.Normalizer.Normalize("auto", Fixtures.All[name].Body, Sources.Received).Source);

    [Theory]
    [InlineData("crowdstrike", """{"metadata":{"eventType":"UserActivityAuditEvent"},"event":{"UserId":"u"}}""", "An audit event of the Falcon console starts nothing.")]
    [InlineData("graph", """{"value":[{"subscriptionId":"s","resource":"security/alerts/1"}]}""", "A change notification only names an alert")]
    [InlineData("defender", """{"category":"AdvancedHunting-EmailEvents","properties":{"Timestamp":"2026-03-01T09:00:00Z"}}""", "Only alert and device rows")]
    [InlineData("wazuh", """{"hello":1}""", "It has none of the forms of `wazuh`")]
    [InlineData("auto", """{"hello":1}""", "It has the form of no source that is known here")]
    [InlineData("sysmon", "<html></html>", "It is XML without an <Event>")]
    [InlineData("sysmon", "<Event><System></Event>", "It is no Windows event as XML")]
    [InlineData("sysmon", """<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Event>&e;</Event>""", "It is no Windows event as XML")]
    [InlineData("sysmon", "ElfFile\0\0", "binary event log")]
    public void What_is_no_alert_is_refused_with_the_reason(string source, string body, string reason) =>
        Assert.Contains(reason, Sources.Refused(source, body), StringComparison.Ordinal);

    [Fact]
    public void Many_rows_of_evidence_are_one_alert()
    {
        var alert = Sources.One("defender", Fixtures.All["defender"].Body);

        Assert.Equal(("da1", "Bad thing", 75), (alert.SourceId, alert.Title, alert.SeverityScore));
        Assert.Equal(["T1059.001"], alert.Attack);
        Assert.Equal(("m7", "ann@company.com", "x.exe -q"), (alert.Device.Id, alert.User.Email, alert.Process.CmdLine));
        Assert.Equal(4, alert.Raw.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public void Lines_and_arrays_and_a_broken_one_among_them()
    {
        var lines = Fixtures.All["winlogbeat"].Body + "\n{ broken\n" + Fixtures.All["winlogbeat"].Body.Replace("\"5\"", "\"6\"", StringComparison.Ordinal);
        var array = $"[{Fixtures.All["winlogbeat"].Body},{Fixtures.All["list"].Body}]";

        var result = Sources.Normalizer.Normalize("sysmon", lines.Trim(), Sources.Received);

        Assert.Equal(2, Sources.Normalizer.Normalize("sysmon", array, Sources.Received).Alerts.Count);
        Assert.Equal(2, result.Alerts.Count);
        Assert.Equal(1, Assert.Single(result.Refused).Index);
    }

    [Fact]
    public void Splunks_rendered_events_are_read()
    {
        const string body = "03/01/2026 09:00:00 AM\nLogName=Microsoft-Windows-PowerShell/Operational\nSourceName=Microsoft-Windows-PowerShell\nEventCode=4104\nComputerName=ws-7\nRecordNumber=9\nMessage=Creating Scriptblock text (1 of 1):\nGet-Date";

        var alert = Sources.One("sysmon", body);

        Assert.Equal(("ws-7", "2026-03-01T09:00:00.000Z"), (alert.Device.Hostname, Sdk.Json.Time(alert.Time)));
        Assert.True(alert.IsEvent);
    }

    [Theory]
    [InlineData("\"2024-02-28 14:15:33 EST\"", "2024-02-28T19:15:33.000Z")]
    [InlineData("\"2024-02-28T19:15:33.123456789Z\"", "2024-02-28T19:15:33.123Z")]
    [InlineData("1709147733", "2024-02-28T19:15:33.000Z")]
    [InlineData("\"1709147733.5\"", "2024-02-28T19:15:33.500Z")]
    [InlineData("1709147733000", "2024-02-28T19:15:33.000Z")]
    [InlineData("133536213330000000", "2024-02-28T19:15:33.000Z")]
    [InlineData("\"2024-07-17T14:40:25.967+0000\"", "2024-07-17T14:40:25.967Z")]
    [InlineData("\"/Date(1709147733000)/\"", "2024-02-28T19:15:33.000Z")]
    [InlineData("\"0001-01-01T00:00:00Z\"", null)]
    [InlineData("\"10:30\"", null)]
    [InlineData("-5", null)]
    [InlineData("99999999999999999999999999", null)]
    public void Times_in_many_shapes(string json, string? time) =>
        Assert.Equal(time, TimeText.Read(System.Text.Json.JsonElement.Parse(json)) is { } found ? Sdk.Json.Time(found) : null);
}
