using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Tests;

/// <summary>The emulators in one process, a run on the real connectors in another: the case from its alert to its report.</summary>
public sealed class EmulateTests : IDisposable
{
    private const string Playbook = "playbooks/t1074-data-staged";
    private const string Alert = "playbooks/t1074-data-staged/alerts/sysmon-data-staged.json";
    private const string User = "alexchen@company.com";
    private const string Faults = """
        - { do: answer, status: 429, retry_after: 1s, share: 0.06, seed: 1 }
        - { do: answer, status: 503, share: 0.05, seed: 2 }
        - { do: hang_after_doing, share: 0.03, seed: 3 }
        - { do: drop_after_doing, share: 0.06, seed: 4 }
        """;

    private readonly TheProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task The_case_runs_on_the_real_connectors_to_its_end()
    {
        await using var emulators = await EmulateAsync("--tls");

        var ended = await RunAsync(emulators);

        Assert.Equal("contained", Outcome(ended));
        await AssertContainedAsync(emulators);
        await AssertOnceAsync(emulators);
        await AssertListedAsync(emulators);
        AssertNoSecret(emulators, ended);
        Assert.Contains("Questions are answered at http://127.0.0.1:", ended.Error, StringComparison.Ordinal);
        Assert.Equal("no", ended.Json.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("id").ValueEquals("interview")).GetProperty("outputs").GetProperty("answer").GetString());
    }

    [Fact]
    public async Task With_every_fifth_call_failing_it_ends_the_same()
    {
        await using var emulators = await EmulateAsync("--faults", _program.File("faults.yaml", Faults));

        var ended = await RunAsync(emulators, Impatient(emulators));

        Assert.Equal("contained", Outcome(ended));
        await AssertContainedAsync(emulators);
        await AssertOnceAsync(emulators);
        await AssertListedAsync(emulators);
        var calls = (await GetAsync(emulators, "calls")).GetProperty("calls").EnumerateArray().ToList();
        var struck = calls.Select(call => call.GetProperty("fault").GetString()).OfType<string>().ToList();
        Assert.InRange(struck.Count, calls.Count / 10, calls.Count / 3);
        Assert.Equal(["Answer", "DropAfterDoing", "HangAfterDoing"], struck.Distinct().Order(StringComparer.Ordinal));
    }

    private async Task<AtWork> EmulateAsync(params string[] more) => await _program.BeginAsync(["emulate", "--data", Path.Combine(_program.Data, "emulators"), "--output", "json", .. more]);

    /// <summary>What the playbook asks is answered beforehand; at what policy asks the run waits, an analyst answers, and it goes on.</summary>
    private async Task<Ended> RunAsync(AtWork emulators, string? settings = null)
    {
        string[] where = ["--config", settings ?? emulators.Line.GetProperty("settings").GetString()!, "--data", _program.Data];
        var ended = await _program.RunAsync(["run", Playbook, "--alert", Alert, "--connectors", "configured", "--approve", "all", "--output", "json", "-v", .. where]);
        var said = ended.Error;
        for (var gates = 0; ended.Code == 3 && gates < 10; gates++)
        {
            var open = await _program.RunAsync("approvals", "list", "--output", "json", "--data", _program.Data);
            foreach (var id in open.Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()!))
            {
                Assert.Equal(0, (await _program.RunAsync(["approvals", "approve", id, "--comment", "Seen.", .. where])).Code);
            }

            ended = await _program.RunAsync(["runs", "resume", ended.Json.GetProperty("run_id").GetString()!, "--output", "json", .. where]);
            said += ended.Error;
        }

        Assert.Contains(ended.Json.GetProperty("approvals").EnumerateArray(), one => one.GetProperty("comment").ValueEquals("Seen."));
        return ended with { Error = said };
    }

    /// <summary>The emulators' settings with short time-outs, since every call that hangs costs one.</summary>
    private string Impatient(AtWork emulators)
    {
        var settings = JsonNode.Parse(File.ReadAllText(emulators.Line.GetProperty("settings").GetString()!))!.AsObject();
        foreach (var (_, connection) in settings["Connections"]!.AsObject().Where(one => (string?)one.Value!["Connector"] != "mock"))
        {
            connection![(string?)connection["Connector"] is "jira" or "splunk" or "teams" ? "Timeout" : "TimeoutSeconds"] = "2";
        }

        return _program.File("impatient.json", settings.ToJsonString());
    }

    private static string Outcome(Ended ended)
    {
        Assert.True(ended.Code == 0, ended.Error + ended.Output);
        return ended.Json.GetProperty("outcome").GetString()!;
    }

    /// <summary>The host is contained, the folder gone, both accounts barred, the ticket closed with the report.</summary>
    private static async Task AssertContainedAsync(AtWork emulators)
    {
        var state = await GetAsync(emulators, "state");
        var host = state.GetProperty("hosts").GetProperty("ENG-WS-045");
        Assert.Equal("isolated", host.GetProperty("isolation").GetString());
        Assert.False(host.GetProperty("folders").TryGetProperty(@"C:\temp\staging", out _));
        Assert.False(state.GetProperty("identity").GetProperty("users").GetProperty(User).GetProperty("enabled").GetBoolean());
        Assert.False(state.GetProperty("directory").GetProperty("users").GetProperty("alexchen").GetProperty("enabled").GetBoolean());
        var ticket = state.GetProperty("tickets").GetProperty("issues").GetProperty("SOC-142");
        Assert.Equal("Malicious – staged data deleted", ticket.GetProperty("resolution").GetString());
        Assert.Contains("ENG-WS-045", ticket.GetProperty("comments").GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Every effect once; what is told to people at least once.</summary>
    private static async Task AssertOnceAsync(AtWork emulators)
    {
        var effects = (await GetAsync(emulators, "effects")).GetProperty("effects").EnumerateArray()
            .GroupBy(one => one.GetProperty("action").GetString()!).ToDictionary(group => group.Key, group => group.Sum(one => one.GetProperty("count").GetInt32()));
        foreach (var action in (string[])["edr.isolate_host", "edr.delete_folder", "edr.kill_process", "identity.disable_user", "directory.disable_user", "tickets.close"])
        {
            Assert.Equal((action, 1), (action, effects.GetValueOrDefault(action)));
        }

        Assert.Equal((3, 2), (effects["tickets.create"], effects["tickets.link"]));
        Assert.True(effects["chat.notify"] >= 1 && effects["chat.ask"] >= 1);
    }

    /// <summary>Each call is a line of the log, and each effect of a product names the call that made it.</summary>
    private static async Task AssertListedAsync(AtWork emulators)
    {
        var calls = (await GetAsync(emulators, "calls")).GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("id").GetString()!).ToList();
        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Contains($" {call} ", emulators.Error, StringComparison.Ordinal));
        foreach (var product in (string[])["falcon", "graph", "jira_cloud", "splunk", "teams"])
        {
            Assert.Contains(calls, call => call.StartsWith(product + "#", StringComparison.Ordinal));
        }

        var made = (await GetAsync(emulators, "effects")).GetProperty("effects").EnumerateArray().ToList();
        Assert.All(made.Where(one => one.GetProperty("action").GetString()!.Split('.')[0] is "edr" or "identity" or "tickets" or "chat"), one => Assert.NotEqual(0, one.GetProperty("calls").GetArrayLength()));
    }

    /// <summary>No credential of the settings is in what was said, or in any file of the run: journal, database, artifacts, effects.</summary>
    private void AssertNoSecret(AtWork emulators, Ended ended)
    {
        var settings = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(emulators.Line.GetProperty("settings").GetString()!)).GetProperty("Connections");
        var jira = settings.GetProperty("jira_cloud");
        string[] secrets =
        [
            .. settings.EnumerateObject().SelectMany(connection => connection.Value.EnumerateObject()).Where(one => one.Name is "ClientSecret" or "ApiToken" or "Token").Select(one => one.Value.GetString()!),
            settings.GetProperty("teams").GetProperty("Url").GetString()!.Split("sig=")[1],
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{jira.GetProperty("Email").GetString()}:{jira.GetProperty("ApiToken").GetString()}")),
        ];
        Assert.True(secrets.Length >= 6);
        var files = Directory.EnumerateFiles(_program.Data, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("settings.json" or "responder.lock")).ToList();
        Assert.Contains(files, file => file.EndsWith("responder.db", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, ended.Output + ended.Error + emulators.Error, StringComparison.Ordinal);
            Assert.All(files, file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) < 0, $"{file} holds a secret"));
        }
    }

    private static async Task<JsonElement> GetAsync(AtWork emulators, string what)
    {
        using var http = emulators.Line.GetProperty("estate").TryGetProperty("ca_file", out var file) ? Trusting(file.GetString()!) : new HttpClient();
        return await http.GetFromJsonAsync<JsonElement>(new Uri($"{emulators.Line.GetProperty("estate").GetProperty("url").GetString()}/{what}"), TestContext.Current.CancellationToken);
    }

    /// <summary>Trusts the emulators' own certificate, and nothing else.</summary>
    private static HttpClient Trusting(string file)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(file);
        return new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(authority.RawData) },
        });
    }
}
