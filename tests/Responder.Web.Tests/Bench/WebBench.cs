using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Responder.Engine;
using Responder.Hosting;
using Responder.Hosting.Connections;
using Responder.Sdk;
using Responder.Storage;

namespace Responder.Web.Tests.Bench;

/// <summary>The server on loopback, over a store in a folder of its own and the mock connector; gone after the test.</summary>
internal sealed class WebBench : IAsyncDisposable
{
    private readonly Setup _setup;
    private readonly LogLines _logs;
    private DataFolder? _folder;
    private SqliteStore? _store;
    private ResponderNode? _node;
    private WebApplication? _app;
    private HttpClient? _api;

    private WebBench(Setup setup, LogLines logs) => (_setup, _logs) = (setup, logs);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Uri Address => new(App.Urls.First());

    /// <summary>The first key's text.</summary>
    public string Key => File.ReadAllText(Folder.File("api-key"));

    /// <summary>Calls with the first key.</summary>
    public HttpClient Api => _api ??= Client(Key);

    public ResponderNode Node => _node!;

    public DataFolder Folder => _folder!;

    public WebApplication App => _app!;

    public IReadOnlyCollection<string> Logs => _logs.Lines;

    public string PlaybooksFolder => Path.Combine(_setup.Root, "playbooks");

    /// <summary>Starts one over small playbooks, or over those of the project where none are given.</summary>
    /// <param name="playbooks">The playbooks.</param>
    /// <param name="set">Changes the server's options.</param>
    /// <param name="store">Put around the store.</param>
    /// <param name="faults">What goes wrong at the mock products.</param>
    /// <param name="overrides">What is otherwise in the company.</param>
    public static async Task<WebBench> StartAsync(
        IReadOnlyList<string>? playbooks = null, Func<ServerOptions, ServerOptions>? set = null, Func<IStore, IStore>? store = null, string? faults = null, string? overrides = null)
    {
        var bench = new WebBench(new Setup(Directory.CreateTempSubdirectory("responder-web-").FullName, playbooks is null, set, store, faults, overrides), new LogLines());
        foreach (var text in playbooks ?? [])
        {
            bench.Write(text);
        }

        await bench.OpenAsync();
        return bench;
    }

    /// <summary>The machine's clock; how far it is ahead can be set.</summary>
    public AheadTime Time { get; } = new();

    /// <summary>Stops it and starts it again over the same folder, as a new process would.</summary>
    /// <param name="after">So long after.</param>
    public async Task RestartAsync(TimeSpan after = default)
    {
        await CloseAsync();
        Time.Ahead += after;
        await OpenAsync();
    }

    /// <summary>Writes a playbook into the folder of its id.</summary>
    public void Write(string text) => Write(PlaybooksFolder, text);

    public HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    /// <summary>Makes a key with these scopes, and a client with it.</summary>
    public async Task<HttpClient> ClientOf(params string[] scopes) => Client((await MakeKeyAsync(scopes)).GetProperty("key").GetString());

    public async Task<JsonElement> MakeKeyAsync(params string[] scopes) =>
        await Read(await Api.PostAsJsonAsync("/api/keys", new { name = Guid.NewGuid().ToString("N"), scopes }, Cancel), 201);

    public Task<HttpResponseMessage> PostAsync(string path, object body, HttpClient? client = null) => (client ?? Api).PostAsJsonAsync(path, body, Json.Options, Cancel);

    public async Task<JsonElement> GetAsync(string path, int status = 200, HttpClient? client = null) => await Read(await (client ?? Api).GetAsync(new Uri(path, UriKind.Relative), Cancel), status);

    /// <summary>Reads an answer as JSON, which must have this status.</summary>
    public static async Task<JsonElement> Read(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}, not {status}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Waits until a run stands so, by what is committed.</summary>
    public async Task<RunStatus> UntilAsync(string runId, params RunStatus[] wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var feed = _store!.Feed.Follow(runId);
        var now = (await _store.Queries.FindAsync(runId, limit.Token))!.Status;
        if (wanted.Contains(now) || (now.IsEnd() && !wanted.Contains(now)))
        {
            return now;
        }

        await foreach (var notice in feed.ReadAllAsync(limit.Token))
        {
            if (notice.Row is { } row && (wanted.Contains(row.Status) || row.Status.IsEnd()))
            {
                return row.Status;
            }
        }

        throw new InvalidOperationException("The feed ended.");
    }

    /// <summary>The one approval that a run waits for.</summary>
    public async Task<JsonElement> ApprovalAsync(string runId)
    {
        Assert.Equal(RunStatus.Waiting, await UntilAsync(runId, RunStatus.Waiting));
        return Assert.Single((await GetAsync($"/api/approvals?status=pending&run_id={runId}")).GetProperty("items").EnumerateArray().ToList());
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_setup.Root, recursive: true);
    }

    private async Task OpenAsync()
    {
        var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
        _folder = await DataFolder.OpenAsync(Path.Combine(_setup.Root, "data"), Time, Cancel);
        _store = await SqliteStore.OpenAsync(_folder, new SqliteStoreOptions(), Time, logs.CreateLogger("store"), Cancel);
        var mock = new ConfigurationBuilder().AddInMemoryCollection([new("mock:Faults", _setup.Faults), new("mock:Overrides", _setup.Overrides)]).Build().GetSection("mock");
        var connections = ConnectionSet.Open(
            ConnectorFinder.Find(AppContext.BaseDirectory),
            new ConnectionOptions
            {
                Mode = "mock", Configuration = new ConfigurationBuilder().Build(), DataFolder = _folder.Path, MockConnections = ["reputation", "mail_gateway"], MockSettings = mock,
            },
            Time,
            logs);
        _node = ResponderNode.Start(_setup.Store?.Invoke(_store) ?? _store, connections, Time, logs);
        var options = new ServerOptions
        {
            Folder = _folder, Urls = ["http://127.0.0.1:0"], Logs = logs, PlaybooksEvery = TimeSpan.FromMilliseconds(50),
            Playbooks = _setup.OfTheProject ? Repository.Path("playbooks") : PlaybooksFolder,
        };
        _app = ResponderServer.Build(_node, _setup.Set?.Invoke(options) ?? options);
        await _app.StartAsync(Cancel);
    }

    private async Task CloseAsync()
    {
        _api?.Dispose();
        _api = null;
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        await Node.DisposeAsync();
        Folder.Dispose();
    }

    private static void Write(string folder, string text)
    {
        var id = text.Split('\n')[0].Split(':')[1].Trim();
        Directory.CreateDirectory(Path.Combine(folder, id));
        File.WriteAllText(Path.Combine(folder, id, "playbook.yaml"), text);
    }

    private sealed record Setup(string Root, bool OfTheProject, Func<ServerOptions, ServerOptions>? Set, Func<IStore, IStore>? Store, string? Faults, string? Overrides);
}
