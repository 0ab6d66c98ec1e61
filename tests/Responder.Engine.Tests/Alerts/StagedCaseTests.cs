using Responder.Engine.Alerts;

namespace Responder.Engine.Tests.Alerts;

/// <summary>The sample alert of the T1074 playbook holds all that the write-up's alert does.</summary>
public sealed class StagedCaseTests
{
    private static readonly string Body = File.ReadAllText(Repository.Path("playbooks/t1074-data-staged/alerts/sysmon-data-staged.json"));

    [Theory]
    [InlineData("sysmon")]
    [InlineData("auto")]
    public void The_case_comes_out_whole(string source)
    {
        var alert = Sources.One(source, Body);

        Assert.Equal("sysmon", alert.Source);
        Assert.Equal("SYSMON-DATA-STAGED-1074-7842", alert.SourceId);
        Assert.Equal("Mass File Copy to Staging Directory", alert.Title);
        Assert.Equal((AlertSeverity.High, 85), (alert.Severity, alert.SeverityScore!.Value));
        Assert.Equal("2024-02-28T19:15:33.000Z", Sdk.Json.Time(alert.Time));
        Assert.Equal(["T1074.001"], alert.Attack);
        Assert.Equal("ENG-WS-045", alert.Device.Hostname);
        Assert.Equal(("alexchen@company.com", "alexchen"), (alert.User.Email, alert.User.Name));
        Assert.Equal(4789, alert.Process.Pid);
        Assert.Equal(@"C:\Windows\System32\cmd.exe", alert.Process.Image);
        Assert.Equal(@"for /r C:\Users\alexchen %i in (*.docx *.xlsx *.pdf *.py *.ipynb) do copy %i C:\temp\staging\", alert.Process.CmdLine);
        Assert.Equal(@"C:\Windows\explorer.exe", alert.Process.Parent!.Image);
        Assert.Equal(@"C:\temp\staging", alert.File.ParentFolder);
        Assert.Equal(1247, alert.Counts.Files);
        Assert.InRange(alert.Counts.Bytes!.Value, 2_750_000_000, 2_850_000_000);
        Assert.Empty(alert.Notes);
    }

    [Fact]
    public void What_expressions_see_has_exactly_the_fields_of_the_table()
    {
        var json = Sources.One("sysmon", Body).ToJson();

        Assert.Equal(
            ["id", "source", "source_id", "title", "summary", "url", "time", "received_at", "severity_score", "severity", "attack", "device", "user", "process", "file",
                "counts", "devices", "users", "files", "indicators", "raw"],
            json.EnumerateObject().Select(one => one.Name));
        Assert.Equal("high", json.GetProperty("severity").GetString());
        Assert.Equal(434, json.GetProperty("raw").GetProperty("staging").GetProperty("source_folders")[3].GetProperty("files").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.GetProperty("url").ValueKind);
    }

    [Fact]
    public void The_same_delivery_has_the_same_id_and_key_and_an_update_another()
    {
        var first = Sources.One("sysmon", Body);
        var again = Sources.Normalizer.Normalize("sysmon", Body, Sources.Received.AddHours(1)).Alerts[0];
        var updated = Sources.One("sysmon", Body.Replace("\"event_ids\"", "\"updated\": \"2\", \"event_ids\"", StringComparison.Ordinal));

        Assert.Equal((first.Id, first.DeliveryKey), (again.Id, again.DeliveryKey));
        Assert.NotEqual(first.DeliveryKey, updated.DeliveryKey);
        Assert.NotEqual(first.Id, updated.Id);
    }

    [Fact]
    public void The_normal_form_can_be_sent_again_as_generic()
    {
        var first = Sources.One("sysmon", Body);
        var again = Sources.One("generic", first.ToJson().GetRawText());

        Assert.Equal(first.SourceId, again.SourceId);
        Assert.Equal(first.Process.Pid, again.Process.Pid);
        Assert.Equal(first.Devices, again.Devices);
        Assert.Equal(first.Files, again.Files);
        Assert.True(System.Text.Json.JsonElement.DeepEquals(first.Raw, again.Raw));
    }
}
