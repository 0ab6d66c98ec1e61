using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Responder.Tests.Servers;

/// <summary>
/// The real program with the real connectors over the emulators, killed with all runs in flight. The emulators are another process and count what was done. <c>RESPONDER_CHAOS_RUNS</c>
/// says how many runs (40 unless said; 200 take minutes on two cores, most of it in the emulators).
/// </summary>
public sealed class EmulatedKillTests : IDisposable
{
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("RESPONDER_CHAOS_RUNS") ?? "40", CultureInfo.InvariantCulture);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly string[] Once = ["edr.isolate_host", "edr.delete_folder", "identity.disable_user", "tickets.create"];

    /// <summary>Everything that must not happen twice, without a gate, so that nothing waits for people.</summary>
    private const string Storm = """
        id: storm
        name: Storm
        on:
          alert:
            when: alert.source == 'generic'
        steps:
          - uses: tickets.create
            with: { project: SOC, type: Incident, summary: "Storm on ${{ alert.source_id }}" }
          - id: host
            uses: edr.find_host
            with: { hostname: "${{ alert.source_id }}" }
          - uses: edr.isolate_host
            with: { host: "${{ steps.host.id }}", note: Storm }
          - uses: identity.disable_user
            with: { user: "${{ alert.source_id }}@company.com" }
          - id: list
            uses: edr.list_folder
            with: { host: "${{ steps.host.id }}", path: 'C:\temp\staging', recurse: true }
          - uses: edr.delete_folder
            with: { host: "${{ steps.host.id }}", path: 'C:\temp\staging', manifest: "${{ steps.list.manifest }}" }
        """;

    private const string Policy = "version: chaos\nrules:\n  - { id: all, effect: destroy, then: allow }\ndeletable:\n  folders: ['C:\\Temp\\*']\n";

    private readonly TheProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task All_end_none_is_lost_and_no_host_account_folder_or_ticket_is_touched_twice()
    {
        _program.Variables["RESPONDER_Connections__mock__Overrides"] = _program.File("company.json", JsonSerializer.Serialize(Company()));
        await using var emulators = await _program.BeginAsync("emulate", "--data", Path.Combine(_program.Data, "emulators"), "--output", "json");
        using var estate = new HttpClient { BaseAddress = new Uri(emulators.Line.GetProperty("estate").GetProperty("url").GetString()!) };
        await using var server = new ServingProgram(
            new Dictionary<string, string> { ["Policy"] = _program.File("policy.yaml", Policy) }, "--connectors", "configured", "--config", emulators.Line.GetProperty("settings").GetString()!);
        var clock = new SettableClock(server);
        server.Playbook("storm", Storm);
        await server.StartAsync();
        await Load.SendAsync(server, Load.Ids("WS-", Runs), Patience);

        await Settling.UntilAsync(async () => await DoneAsync(estate, "edr.isolate_host") > Runs / 8, Patience);
        await server.KillAsync();
        var before = await DoneAsync(estate, "edr.delete_folder");
        Assert.InRange(before, 0, Runs - 1);

        // A probe's "no" counts when what was on its way has had its time. The products are through with it; an hour is over.
        await clock.WriteAsync(TimeSpan.FromHours(1));
        var ready = Stopwatch.StartNew();
        await server.StartAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{Runs} runs in flight, {before} of them through; ready again after {ready.Elapsed.TotalSeconds:0.0} s");
        var statuses = await server.SettledAsync(Runs, Patience, "waiting");

        Assert.Equal(Runs, statuses.Count);
        Assert.All(statuses, status => Assert.Equal("succeeded", status));
        foreach (var action in Once)
        {
            var targets = await EffectsAsync(estate, action);
            Assert.Equal((action, Runs), (action, targets.Sum(one => one.GetProperty("count").GetInt32())));
            Assert.All(targets, one => Assert.True(action == "tickets.create" || one.GetProperty("count").GetInt32() == 1, one.ToString()));
        }

        // All tickets are made in one project: each alert has its own.
        var tickets = (await estate.GetFromJsonAsync<JsonElement>(new Uri("/state", UriKind.Relative))).GetProperty("tickets").GetProperty("issues").EnumerateObject().Select(one => one.Value.GetProperty("summary").GetString());
        Assert.Equal(Runs, tickets.Where(summary => summary!.StartsWith("Storm on ", StringComparison.Ordinal)).Distinct().Count());
    }

    private static async Task<int> DoneAsync(HttpClient estate, string action) => (await EffectsAsync(estate, action)).Sum(one => one.GetProperty("count").GetInt32());

    private static async Task<List<JsonElement>> EffectsAsync(HttpClient estate, string action) =>
        [.. (await estate.GetFromJsonAsync<JsonElement>(new Uri("/effects", UriKind.Relative))).GetProperty("effects").EnumerateArray().Where(one => one.GetProperty("action").ValueEquals(action))];

    /// <summary>A company with a host, a folder on it and an account for each run.</summary>
    private static object Company() => new
    {
        hosts = Enumerable.Range(0, Runs).ToDictionary(
            number => $"WS-{number}",
            number => (object)new
            {
                id = $"{number:x32}", ip = $"10.30.{number / 250}.{number % 250}", os = "Windows 11 Enterprise 23H2", role = "Workstation",
                folders = new Dictionary<string, object> { [@"C:\temp\staging"] = new { files = new { copies = new { count = 3, bytes = 300, names = "copy-{n}", extensions = new Dictionary<string, int> { [".docx"] = 3 } } } } },
            }),
        identity = new
        {
            users = Enumerable.Range(0, Runs).ToDictionary(
                number => $"WS-{number}@company.com", number => (object)new { id = $"33333333-0000-4000-8000-{number:d12}", name = $"Person {number}", account = $"ws-{number}" }),
        },
    };
}
