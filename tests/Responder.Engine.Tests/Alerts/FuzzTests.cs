using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Engine.Alerts;

namespace Responder.Engine.Tests.Alerts;

/// <summary>Broken and hostile alerts: none crashes, none comes out as something that a store or a page could not hold, and text stays the text that it was.</summary>
/// <remarks>A few seconds; as long as <c>RESPONDER_FUZZ_SECONDS</c> says in a longer run. The seed is in every failure's message.</remarks>
public sealed class FuzzTests
{
    private static readonly string[] Hostile =
    [
        "${{ inputs.x }}", "{{7*7}}", "$(reboot)", "`id`", "'; DROP TABLE runs;--", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "../../etc/passwd", "a\u0000b", "\ud800", "\udc00\ud800",
        "\u202Egpj.exe", "%s%n", "\r\nX-Injected: 1", "]]>", "constructor", "__proto__", "\\u0000", "NaN", "-", new string('A', 70_000), "\u0001\u001b[31m", "C:\\", "..\\..\\", "\\\\srv\\c$", "{\"a\":1}", "[[[[",
    ];

    private static readonly AlertMutator Mutator = new(Hostile);

    private static readonly IReadOnlyList<(string Source, string Body)> Seeds =
        [.. Fixtures.All.Values, ("sysmon", File.ReadAllText(Repository.Path("playbooks/t1074-data-staged/alerts/sysmon-data-staged.json")))];

    [Fact]
    public void Mutated_alerts_never_crash_and_never_come_out_broken()
    {
        var length = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("RESPONDER_FUZZ_SECONDS"), out var seconds) ? seconds : 3);
        var clock = Stopwatch.StartNew();
        var counter = new WindowCounter(Responder.Playbooks.Mappings.BuiltInMappings.Read(), Sources.Normalizer);
        for (var seed = 0; clock.Elapsed < length; seed++)
        {
            var random = new Random(seed);
            var (source, body) = Seeds[random.Next(Seeds.Count)];
            var bytes = Mutator.Mutate(body, random);
            try
            {
                var result = Sources.Normalizer.Normalize(random.Next(4) == 0 ? "auto" : source, bytes, Sources.Received);
                Assert.True(result.Alerts.Count + result.Refused.Count > 0);
                foreach (var alert in result.Alerts)
                {
                    Check(alert);
                }

                counter.Observe(result.Alerts, Sources.Received);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Seed {seed}, source {source}: {error.Message}{Environment.NewLine}{Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 2000)))}", error);
            }
        }
    }

    [Theory]
    [InlineData(20)]
    public void Twenty_megabytes_are_refused_at_once(int megabytes)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"title":"{{new string('x', megabytes * 1024 * 1024)}}"}""");
        var clock = Stopwatch.StartNew();

        var result = Sources.Normalizer.Normalize("auto", body, Sources.Received);

        Assert.Contains("at most 16,777,216 are taken", Assert.Single(result.Refused).Reason, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Hostile_text_in_every_field_stays_the_text_that_it_was()
    {
        foreach (var text in Hostile.Where(text => text.Length < 1000 && Values.Present(text) is not null))
        {
            var body = new JsonObject { ["title"] = text, ["device"] = new JsonObject { ["hostname"] = text }, ["process"] = new JsonObject { ["cmd_line"] = text }, ["summary"] = text };
            var alert = Sources.One("generic", body.ToJsonString());
            var kept = BodyText.Clean(text);

            Assert.Equal((kept, kept, kept, kept), (alert.Title, alert.Device.Hostname, alert.Process.CmdLine, alert.Summary));
        }
    }

    private static void Check(Alert alert)
    {
        var json = alert.ToJson();
        Assert.Equal(21, json.EnumerateObject().Count());
        Assert.All(Texts(json), text => Assert.Equal(BodyText.Clean(text), text));
        Assert.True(alert.SeverityScore is null or (>= 0 and <= 100));
        Assert.All(alert.Attack, technique => Assert.Matches(@"^T\d{4}(\.\d{3})?$", technique));
        Assert.True((alert.Title?.Length ?? 0) <= 1024 && (alert.Process.CmdLine?.Length ?? 0) <= 32_767);
        Assert.True(alert.Files.Count <= 1000 && alert.Devices.Count <= 1000);
        Assert.InRange(alert.Time.Year, 1980, 2200);
    }

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Texts(member.Value).Append(member.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };
}
