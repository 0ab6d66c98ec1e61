using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Responder.Engine.Audit;
using Responder.Hosting.Audit;
using Responder.Sdk;
using Responder.Storage.Audit;
using Responder.Web.People;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>What people and machines do at the server is in the audit, and its heads are kept apart.</summary>
public sealed class AuditApiTests
{
    [Fact]
    public async Task What_people_do_is_listed_page_by_page_and_only_who_may_sees_it()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        await WebBench.Read(await bench.Api.PutAsJsonAsync("/api/kill-switch", new { on = true, scope = "all", reason = "storm" }, Json.Options, WebBench.Cancel), 200);
        var key = await bench.MakeKeyAsync("alerts:write");
        await WebBench.Read(await bench.Api.DeleteAsync(new Uri($"/api/keys/{key.GetProperty("id").GetString()}", UriKind.Relative), WebBench.Cancel), 204);
        await WebBench.Read(await bench.PostAsync("/api/users", new { name = "ana", roles = new[] { "analyst" } }), 200);
        var accounts = bench.App.Services.GetRequiredService<Accounts>();
        Assert.Null(await accounts.SignInAsync("ana", "wrong", null, WebBench.Cancel));
        Assert.Null(await accounts.SignInAsync("mallory", "wrong", null, WebBench.Cancel));
        await WebBench.Read(await bench.PostAsync("/api/users/ana/disable", new { }), 204);

        await bench.App.Services.GetRequiredService<Access.KeySignIns>().Written;
        var all = new List<string>();
        var path = "/api/audit?limit=3";
        for (string? next = path; next is not null;)
        {
            var page = await bench.GetAsync(next);
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("entry")).Select(entry => $"{entry.GetProperty("kind").GetString()} {entry.GetProperty("action").GetString()}"));
            next = page.TryGetProperty("next", out var cursor) && cursor.GetString() is { } text ? $"{path}&cursor={Uri.EscapeDataString(text)}" : null;
        }

        foreach (var wanted in (string[])["kill_switch thrown", "key made", "key revoked", "user invited", "user disabled", "sign_in refused", "setting started", "playbook in_force", "policy in_force"])
        {
            Assert.Contains(wanted, all);
        }

        Assert.Equal(2, all.Count(one => one == "sign_in refused"));
        Assert.Single(all, one => one == "sign_in signed_in");
        Assert.Single((await bench.GetAsync("/api/audit?kind=kill_switch")).GetProperty("items").EnumerateArray());
        await bench.GetAsync("/api/audit?kind=gossip", 422);
        await bench.GetAsync("/api/audit", 403, await bench.ClientOf("runs:read"));
        await bench.GetAsync("/api/audit", 200, await bench.ClientOf("audit:read"));
        await bench.GetAsync("/api/audit?cursor=nonsense", 400);
    }

    [Fact]
    public async Task A_key_that_comes_in_or_is_turned_away_is_told_once_an_hour_for_an_address()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var signIns = bench.App.Services.GetRequiredService<Access.KeySignIns>();
        for (var i = 0; i < 3; i++)
        {
            await bench.GetAsync("/api/runs");
            await bench.GetAsync("/api/runs", 401, bench.Client("rsp_guessed"));
        }

        await signIns.Written;
        var told = (await bench.GetAsync("/api/audit?kind=sign_in")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("entry"))
            .Select(entry => $"{entry.GetProperty("action").GetString()} {entry.GetProperty("target").GetString()} {entry.GetProperty("result").GetString()}").ToList();

        Assert.Equal(["refused 127.0.0.1 api-key", "signed_in 127.0.0.1 api-key"], told.Order());
    }

    [Fact]
    public async Task What_is_asked_for_by_kind_and_by_whom_is_what_the_whole_list_has_of_it_under_the_same_names()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        using var analyst = await bench.ClientOf("role:analyst");
        foreach (var choice in (string[])["approve", "reject"])
        {
            var run = (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate", inputs = new { hostname = "ENG-WS-045" } }), 201)).GetProperty("run_id").GetString()!;
            var asked = await bench.ApprovalAsync(run);
            await WebBench.Read(await bench.PostAsync($"/api/approvals/{asked.GetProperty("id").GetString()}", new { choice, hash = asked.GetProperty("gate").GetProperty("hash").GetString() }, analyst), 200);
            await bench.UntilAsync(run, Engine.RunStatus.Succeeded, Engine.RunStatus.Rejected);
        }

        await bench.Node.Store.Audit.HeadsAsync(all: true, WebBench.Cancel);
        var all = await ListAsync(new AuditFilter());
        Assert.Contains(all, one => one.Entry.Kind == AuditKinds.Effect);
        Assert.Contains(all, one => one.Entry is { Kind: AuditKinds.Decision, Action: "answered" });
        foreach (var kind in AuditKinds.All.Append(null))
        {
            foreach (var by in all.Select(one => one.Entry.By).Distinct().Append(null).Append("user:nobody"))
            {
                Assert.Equal(all.Where(one => (kind is null || one.Entry.Kind == kind) && (by is null || one.Entry.By == by)), await ListAsync(new AuditFilter(kind, by)));
            }
        }

        async Task<IReadOnlyList<AuditRecord>> ListAsync(AuditFilter filter) => (await bench.Node.Store.Audit.ListAsync(filter with { Limit = 500 }, WebBench.Cancel)).Items;
    }

    [Fact]
    public async Task The_heads_are_kept_apart_at_the_start_and_at_the_end_and_a_cut_end_is_found_by_them()
    {
        var apart = Directory.CreateTempSubdirectory("responder-anchor-");
        var file = Path.Combine(apart.FullName, "anchor.jsonl");
        try
        {
            await using var bench = await WebBench.StartAsync([Samples.Isolate], options => options with { Audit = AuditSettings.None with { Anchor = $"file:{file}" } });
            await bench.MakeKeyAsync("alerts:write");
            await bench.RestartAsync();

            var anchors = Anchors.Read(await File.ReadAllLinesAsync(file, WebBench.Cancel));
            var keys = new[] { await AuditKey.OpenAsync(bench.Folder, WebBench.Cancel) };
            var verdict = await AuditVerifier.OfFileAsync(bench.Folder.File("responder.db"), keys, anchors, WebBench.Cancel);

            Assert.True(verdict.Ok, string.Join('\n', verdict.Problems));
            var last = anchors.GroupBy(anchor => anchor.Writer).First().Last();
            Assert.Contains((await bench.Node.Store.Audit.HeadsAsync(all: true, WebBench.Cancel)), head => head.Writer == last.Writer && head.N == last.N && head.Mac == last.Mac);
            var cut = await AuditVerifier.OfFileAsync(bench.Folder.File("responder.db"), keys, [last with { N = last.N + 2 }], WebBench.Cancel);
            Assert.Equal("cut", Assert.Single(cut.Problems).Kind);
        }
        finally
        {
            apart.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Heads_go_every_minute_and_a_place_that_does_not_take_them_is_told_and_tried_again()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var (sink, logs) = (new Places(), new LogLines());
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var keeper = new AnchorKeeper(bench.Node.Store.Audit, sink, time, factory.CreateLogger("audit"));

        await keeper.OnceAsync(WebBench.Cancel);
        await keeper.OnceAsync(WebBench.Cancel);
        Assert.Equal(1, sink.Sent);
        time.Advance(TimeSpan.FromMinutes(1));
        sink.IsFull = true;
        await keeper.OnceAsync(WebBench.Cancel);
        sink.IsFull = false;
        await keeper.OnceAsync(WebBench.Cancel);
        Assert.Equal(1, sink.Sent);
        time.Advance(TimeSpan.FromSeconds(10));
        await keeper.OnceAsync(WebBench.Cancel);

        Assert.Equal(2, sink.Sent);
        Assert.Contains(logs.Lines, line => line.Contains("could not be sent to Audit:Anchor", StringComparison.Ordinal) && line.Contains("the disk is full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_go_to_syslog_by_datagram_and_by_connection_and_to_a_web_address_with_its_token()
    {
        using var datagrams = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using (var udp = AuditTarget.Open($"syslog://127.0.0.1:{((IPEndPoint)datagrams.Client.LocalEndPoint!).Port}", "Audit:Anchor", null, TimeProvider.System))
        {
            await udp.SendAsync(["{\"a\":1}"], WebBench.Cancel);
            var received = Encoding.UTF8.GetString((await datagrams.ReceiveAsync(WebBench.Cancel)).Buffer);
            Assert.Matches("^<109>1 [0-9-]+T[0-9:.]+Z [^ ]+ responder [0-9]+ audit - \\{\"a\":1\\}$", received);
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using (var tcp = AuditTarget.Open($"syslog+tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", "Audit:Anchor", null, TimeProvider.System))
        {
            var sending = tcp.SendAsync(["{\"a\":1}", "{\"b\":\"é\"}"], WebBench.Cancel);
            using var client = await listener.AcceptTcpClientAsync(WebBench.Cancel);
            using var reader = new MemoryStream();
            await client.GetStream().CopyToAsync(reader, WebBench.Cancel);
            await sending;
            var bytes = reader.ToArray();
            var first = int.Parse(Encoding.ASCII.GetString(bytes).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            var offset = first.ToString(System.Globalization.CultureInfo.InvariantCulture).Length + 1;
            Assert.EndsWith("{\"a\":1}", Encoding.UTF8.GetString(bytes, offset, first), StringComparison.Ordinal);
            Assert.EndsWith("{\"b\":\"é\"}", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        }

        using var web = new HttpListener();
        var port = ((IPEndPoint)datagrams.Client.LocalEndPoint!).Port;
        web.Prefixes.Add($"http://127.0.0.1:{port}/");
        web.Start();
        await using (var http = AuditTarget.Open($"http://127.0.0.1:{port}/audit", "--to", new Secret("t0ken"), TimeProvider.System))
        {
            var sending = http.SendAsync(["{\"a\":1}", "{\"b\":2}"], WebBench.Cancel);
            var call = await web.GetContextAsync();
            Assert.Equal(("POST", "Bearer t0ken", "{\"a\":1}\n{\"b\":2}\n"), (call.Request.HttpMethod, call.Request.Headers["Authorization"], await new StreamReader(call.Request.InputStream).ReadToEndAsync(WebBench.Cancel)));
            call.Response.StatusCode = 503;
            call.Response.Close();
            Assert.Contains("answered 503", (await Assert.ThrowsAsync<IOException>(() => sending)).Message, StringComparison.Ordinal);
        }
    }

    private sealed class Places : IAuditSink
    {
        public int Sent { get; private set; }

        public bool IsFull { get; set; }

        public Task SendAsync(IReadOnlyList<string> lines, CancellationToken cancel)
        {
            if (IsFull)
            {
                throw new IOException("the disk is full");
            }

            Assert.NotEmpty(Anchors.Read(lines));
            Sent++;
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
