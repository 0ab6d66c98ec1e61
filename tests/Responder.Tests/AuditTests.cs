using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Responder.Tests;

/// <summary>The audit by the program: what a run did is listed and exported, and what somebody did to the database is found.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private readonly TheProgram _program = new();
    private string _runId = string.Empty;

    public async ValueTask InitializeAsync()
    {
        var ended = await _program.RunAsync(
            "run", "playbooks/t1074-data-staged", "--alert", "playbooks/t1074-data-staged/alerts/sysmon-data-staged.json", "--approve", "all", "--output", "json", "--data", _program.Data);
        _runId = ended.Json.GetProperty("run_id").GetString()!;
    }

    public ValueTask DisposeAsync()
    {
        _program.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_a_run_did_is_listed_with_who_approved_what_policy_said_and_how_it_ended()
    {
        var listed = await _program.RunAsync("audit", "list", "--run", _runId, "--limit", "500", "--output", "json", "--data", _program.Data);

        var entries = listed.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("entry")).ToList();
        Assert.Contains(entries, entry => Is(entry, "decision", "run_started"));
        Assert.Contains(entries, entry => Is(entry, "decision", "answered") && entry.GetProperty("by").GetString() == "--approve all");
        Assert.Contains(entries, entry => Is(entry, "policy", "evaluated") && entry.GetProperty("result").GetString() == "require_approval");
        var isolated = entries.Where(entry => Is(entry, "effect", "edr.isolate_host")).Select(entry => entry.GetProperty("result").GetString()).ToList();
        Assert.Equal(["done", "intended"], isolated);
        Assert.DoesNotContain(entries, entry => entry.GetProperty("kind").GetString() == "effect" && entry.GetProperty("action").GetString()!.Contains("find_host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_export_is_OCSF_of_three_classes_and_each_event_has_what_its_class_requires()
    {
        await _program.RunAsync("keys", "create", "--name", "splunk", "--scope", "alerts:write", "--data", _program.Data);
        var file = Path.Combine(Path.GetDirectoryName(_program.File("out/x", string.Empty))!, "audit.jsonl");
        var exported = await _program.RunAsync("audit", "export", "--to", $"file:{file}", "--data", _program.Data);
        Assert.Equal(0, exported.Code);

        var events = (await File.ReadAllLinesAsync(file)).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();

        Assert.Equal([2004, 6003, 7001], events.Select(one => one.GetProperty("class_uid").GetInt32()).Distinct().Order());
        Assert.Equal(events.Count, events.Select(one => one.GetProperty("metadata").GetProperty("uid").GetString()).Distinct().Count());
        Assert.All(events, one =>
        {
            var type = one.GetProperty("class_uid").GetInt32();
            Assert.Equal((type * 100) + one.GetProperty("activity_id").GetInt32(), one.GetProperty("type_uid").GetInt32());
            Assert.Equal(type / 1000, one.GetProperty("category_uid").GetInt32());
            Assert.True(one.GetProperty("time").GetInt64() > 0 && one.GetProperty("severity_id").GetInt32() == 1);
            Assert.False(string.IsNullOrEmpty(one.GetProperty("metadata").GetProperty("product").GetProperty("vendor_name").GetString()));
            foreach (var field in type switch { 2004 => ["finding_info"], 7001 => ["command_uid"], _ => new[] { "actor", "api", "src_endpoint" } })
            {
                Assert.True(one.TryGetProperty(field, out _), $"{type} needs {field}");
            }
        });
        Assert.Contains(events, one => one.GetProperty("class_uid").GetInt32() == 7001 && one.GetProperty("activity_id").GetInt32() == 1);
        Assert.Contains(events, one => one.GetProperty("message").GetString()!.Contains("made splunk", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_passes_and_names_the_row_that_somebody_changed()
    {
        var good = await _program.RunAsync("audit", "verify", "--output", "json", "--data", _program.Data);
        Assert.True(good.Code == 0, good.Output + good.Error);
        Assert.True(good.Json.GetProperty("events").GetInt64() > 20);

        await TamperAsync("UPDATE run_events SET payload = replace(payload, '--approve all', 'user:mallory') WHERE type = 'gate_answered'");
        var bad = await _program.RunAsync("audit", "verify", "--data", _program.Data);

        Assert.Equal(1, bad.Code);
        Assert.Contains($"of run {_runId}: this gate_answered is not what link", bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_key_nothing_is_said_to_be_good()
    {
        File.Delete(Path.Combine(_program.Data, "audit-key"));

        var none = await _program.RunAsync("audit", "verify", "--data", _program.Data);
        var other = await _program.RunAsync("audit", "verify", "--key", _program.File("key", new string('a', 64)), "--data", _program.Data);

        Assert.Equal(2, none.Code);
        Assert.Contains("There is no key to check with", none.Error, StringComparison.Ordinal);
        Assert.Equal(1, other.Code);
        Assert.Contains("unknown_key", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_list_none_is_refused_and_to_list_needs_no_connection_and_no_anchor()
    {
        var file = _program.File("away.json", """{ "Connections": { "falcon": { "Connector": "crowdstrike" } }, "Audit": { "Anchor": "file:/no/such/folder/anchor" } }""");

        var none = await _program.RunAsync("audit", "list", "--limit", "0", "--data", _program.Data);
        var listed = await _program.RunAsync("audit", "list", "--data", _program.Data, "--config", file);

        Assert.Equal(2, none.Code);
        Assert.Contains("--limit is 0", none.Error, StringComparison.Ordinal);
        Assert.True(listed.Code == 0, listed.Error);
    }

    [Theory]
    [InlineData("Anchor", "carrier pigeon", "Audit:Anchor: is 'carrier pigeon'")]
    [InlineData("Anchor", "http://siem.company.com/audit", "Audit:Anchor: is 'http://siem.company.com/audit'; over a network it must be https")]
    [InlineData("Anchor", "file:/no/such/folder/anchor", "its folder is not there")]
    [InlineData("Anchor", "file:{data}/anchor", "lies in the data folder")]
    [InlineData("Key", "short", "Audit:Key: is shorter than 16")]
    [InlineData("Ancor", "file:anchor", "Audit:Ancor: is no setting of the audit")]
    public async Task A_setting_that_can_not_be_is_refused_at_the_start_with_its_name(string name, string value, string says)
    {
        _program.Variables[$"RESPONDER_Audit__{name}"] = value.Replace("{data}", _program.Data, StringComparison.Ordinal);

        var ended = await _program.RunAsync("serve", "--urls", "http://127.0.0.1:0", "--data", _program.Data);

        Assert.Equal(2, ended.Code);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
    }

    private static bool Is(JsonElement entry, string kind, string action) => entry.GetProperty("kind").GetString() == kind && entry.GetProperty("action").GetString() == action;

    private async Task TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_program.Data, "responder.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }
}
