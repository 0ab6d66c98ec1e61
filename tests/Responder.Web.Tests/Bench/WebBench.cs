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
    private readonly string _root;
    private readonly DataFolder _folder;
    private readonly SqliteStore _store;
    private readonly ResponderNode _node;
    private readonly WebApplication _app;
    private readonly LogLines _logs;

    private WebBench(string root, DataFolder folder, SqliteStore store, ResponderNode node, WebApplication app, LogLines logs)
    {
        (_root, _folder, _store, _node, _app, _logs) = (root, folder, store, node, app, logs);
        Address = new Uri(app.Urls.First());
        Key = File.ReadAllText(folder.File("api-key"));
        Api = Client(Key);
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Uri Address { get; }

    /// <summary>The first key's text.</summary>
    public string Key { get; }

    /// <summary>Calls with the first key.</summary>
    public HttpClient Api { get; }

    public ResponderNode Node => _node;

    public DataFolder Folder => _folder;

    public WebApplication App => _app;

    public IReadOnlyCollection<string> Logs => _logs.Lines;

    public string PlaybooksFolder => Path.Combine(_root, "playbooks");

    /// <summary>Starts one over small playbooks, or over those of the project where none are given.</summary>
    public static async Task<WebBench> StartAsync(IReadOnlyList<string>? playbooks = null, Func<ServerOptions, ServerOptions>? set = null, Func<IStore, IStore>? store = null)
    {
        var root = Directory.CreateTempSubdirectory("responder-web-").FullName;
        var logs = new LogLines();
        var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        var folder = await DataFolder.OpenAsync(Path.Combine(root, "data"), TimeProvider.System, Cancel);
        var sqlite = await SqliteStore.OpenAsync(folder, new SqliteStoreOptions(), TimeProvider.System, factory.CreateLogger("store"), Cancel);
        var connections = ConnectionSet.Open(
            ConnectorFinder.Find(AppContext.BaseDirectory),
            new ConnectionOptions { Mode = "mock", Configuration = new ConfigurationBuilder().Build(), DataFolder = folder.Path, MockConnections = ["reputation", "mail_gateway"] },
            TimeProvider.System,
            factory);
        var node = ResponderNode.Start(store?.Invoke(sqlite) ?? sqlite, connections, TimeProvider.System, factory);
        foreach (var text in playbooks ?? [])
        {
            Write(Path.Combine(root, "playbooks"), text);
        }

        var options = new ServerOptions
        {
            Folder = folder, Urls = ["http://127.0.0.1:0"], Logs = factory, PlaybooksEvery = TimeSpan.FromMilliseconds(50),
            Playbooks = playbooks is null ? Repository.Path("playbooks") : Path.Combine(root, "playbooks"),
        };
        var app = ResponderServer.Build(node, set?.Invoke(options) ?? options);
        await app.StartAsync(Cancel);
        return new WebBench(root, folder, sqlite, node, app, logs);
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
        using var feed = _store.Feed.Follow(runId);
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
        Api.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await _node.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private static void Write(string folder, string text)
    {
        var id = text.Split('\n')[0].Split(':')[1].Trim();
        Directory.CreateDirectory(Path.Combine(folder, id));
        File.WriteAllText(Path.Combine(folder, id, "playbook.yaml"), text);
    }
}
