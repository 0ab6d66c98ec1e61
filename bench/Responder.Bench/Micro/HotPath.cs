using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Bench.Runs;
using Responder.Engine.Alerts;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Engine.Runs;
using Responder.Hosting.Connections;
using Responder.Playbooks;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;

namespace Responder.Bench.Micro;

/// <summary>What a run and an alert are made of, without disk and network: the measured work's playbook, and a journal that stands before its condition.</summary>
[MemoryDiagnoser]
public class HotPath
{
    private const int Others = 500;
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-01-05T08:00:00Z", CultureInfo.InvariantCulture);

    // Two of the eight calls are through.
    private static readonly (string Type, string Payload)[] Journal =
    [
        ("run_created", """{"playbook":"bench-t1074","playbook_name":"Bench","definition_hash":"sha256:00","alert_id":"a1","alert":{"source_id":"a1","severity_score":85,"attack":["T1074.001"]},"inputs":{},"vars":{},"started_by":"alert","auto":"ask","connectors":"configured","concurrency_key":null,"deadline":null,"url":null,"undo_of":null}"""),
        ("run_started", "{}"),
        .. Enumerable.Range(0, 2).SelectMany(step => new[]
        {
            ("step_started", $$$"""{"path":"steps[{{{step}}}]","place":"steps[{{{step}}}]","id":"s{{{step}}}","name":null,"kind":"uses","action":"http.request","effect":"read","inputs":{"method":"GET","path":"/x"},"value":null,"due":null,"awaits_event":null}"""),
            ("read_started", $$$"""{"path":"steps[{{{step}}}]","attempt":1,"connection":"stub","connector":"http"}"""),
            ("step_ended", $$$"""{"path":"steps[{{{step}}}]","status":"succeeded","outcome":"done","outputs":{"status":200,"body":{"access_token":"t","resources":["d1"]}},"error":null,"attempt":1,"note":null,"stop":null}"""),
        }),
    ];

    // Nothing is called.
    private static readonly Dictionary<string, string?> Settings = new()
    {
        [$"Connections:{Work.Connection}:Connector"] = "http", [$"Connections:{Work.Connection}:BaseAddress"] = "http://127.0.0.1:9", [$"Connections:{Work.Connection}:Networks"] = "127.0.0.0/8",
    };

    private IReadOnlyList<JournalEntry> _entries = [];
    private ReadOptions _options = null!;
    private Plan _plan = null!;
    private RunState _state = null!;
    private Matcher _matcher = null!;
    private Alert _alert = null!;
    private JsonElement _json;
    private Expression _when = null!;
    private AlertScope _scope = null!;

    /// <summary>Makes what is measured.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var set = ConnectionSet.Open(
            ConnectorFinder.Find(AppContext.BaseDirectory),
            new ConnectionOptions { Mode = "configured", Configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(), DataFolder = Path.GetTempPath() },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        _options = new ReadOptions { Catalog = set.Catalog, Connections = set.Served() };
        var library = Validate();
        _plan = PlanCompiler.Compile(Work.Playbook, library);
        _entries = [.. Journal.Select((line, index) => JournalCodec.Read(new StoredEvent(index + 1, Now, line.Type, 1, Encoding.UTF8.GetBytes(line.Payload))))];
        _state = Fold();
        var others = PlaybookLibrary.Load(Enumerable.Range(0, Others).Select(number => ($"other-{number}/playbook.yaml", Other(number))), _options).Playbooks.Values;
        _matcher = new Matcher([.. others, .. library.Playbooks.Values]);
        _alert = new AlertNormalizer([]).Normalize(
            AlertNormalizer.Generic, """{"source_id":"a1","title":"Staged","time":"2026-01-05T08:00:00Z","severity_score":85,"attack":["T1074.001"],"device":{"hostname":"WS-1"}}"""u8.ToArray(), Now).Alerts[0];
        _json = _alert.ToJson();
        _when = PlaybookLibrary.Load([("other-0/playbook.yaml", Other(0))], _options).Playbooks.Values.Single().On.Alert!.When;
        _scope = new AlertScope(_json);
    }

    /// <summary>Eight events read and folded.</summary>
    [Benchmark(Description = "fold 8 events")]
    public RunState Fold() => _entries.Aggregate(new RunState(), Engine.Runs.Fold.Apply);

    /// <summary>What a run does next.</summary>
    [Benchmark(Description = "Next")]
    public Decision Next() => Engine.Runs.Next.Decide(_plan, _state, Now);

    /// <summary>A condition over an alert.</summary>
    [Benchmark(Description = "expression")]
    public bool Condition() => _when.IsTrue(_scope);

    /// <summary>The measured work's playbook, read and judged by every rule.</summary>
    [Benchmark(Description = "validation")]
    public PlaybookLibrary Validate() => PlaybookLibrary.Load([($"{Work.Playbook}/playbook.yaml", Work.PlaybookText("repeat"))], _options);

    /// <summary>An alert against 500 playbooks.</summary>
    [Benchmark(Description = "matching 500 playbooks")]
    public MatchResult Match() => _matcher.Match(_alert, _json, Now);

    private static string Other(int number) => $$"""
        id: other-{{number}}
        name: Other
        on:
          alert:
            when: alert.attack.includes('T{{1000 + number}}') && alert.severity_score >= 70
        steps:
          - stop: { outcome: benign, reason: Nothing }
        """;

    private sealed class AlertScope(JsonElement alert) : IScope
    {
        public DateTimeOffset Now => HotPath.Now;

        public ScopeValue Get(string name) => name == "alert" ? new ScopeValue(alert) : ScopeValue.Null;
    }
}
