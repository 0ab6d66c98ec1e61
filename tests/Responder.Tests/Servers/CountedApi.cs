using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Responder.Tests.Servers;

/// <summary>An API that several programs call: it counts each path, and can take its time. It outlives those who call it, as a product does.</summary>
internal sealed class CountedApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Count, long First)> _answered = new(StringComparer.Ordinal);

    private CountedApi(WebApplication app) => _app = app;

    /// <summary>Its address.</summary>
    public string Address => _app.Urls.First();

    /// <summary>How long it takes to answer, by path; the call is counted before.</summary>
    public Func<string, TimeSpan> Delay { get; set; } = _ => TimeSpan.Zero;

    public static async Task<CountedApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = new CountedApi(builder.Build());
        api._app.Run(async http =>
        {
            var path = http.Request.Path.Value!;
            api._counts.AddOrUpdate(path, 1, static (_, count) => count + 1);
            await Task.Delay(api.Delay(path), http.RequestAborted);
            await http.Response.WriteAsJsonAsync(new { ok = true });
            api._answered.AddOrUpdate(path, (1, Stopwatch.GetTimestamp()), static (_, before) => before with { Count = before.Count + 1 });
        });
        await api._app.StartAsync();
        return api;
    }

    /// <summary>How often a path was called.</summary>
    public int Of(string path) => _counts.GetValueOrDefault(path);

    /// <summary>How often a path's answer was sent, whether or not somebody read it.</summary>
    public int Answered(string path) => _answered.GetValueOrDefault(path).Count;

    /// <summary>How many paths that begin so were called.</summary>
    public int Below(string prefix) => Called(prefix).Count;

    /// <summary>What was called below a path: the rest of it.</summary>
    public List<string> Called(string prefix) => [.. _counts.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).Select(path => path[prefix.Length..])];

    /// <summary>Calls below a path that are not answered.</summary>
    public int Open(string prefix) => Called(prefix).Count(id => Answered(prefix + id) == 0);

    /// <summary>Calls below a path that were answered so long ago.</summary>
    public List<string> AnsweredFor(string prefix, TimeSpan ago) => [.. Called(prefix).Where(id => _answered.TryGetValue(prefix + id, out var answer) && Stopwatch.GetElapsedTime(answer.First) >= ago)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>The settings of a connection <c>api</c> to it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Connections__api__Connector"] = "http", ["Connections__api__BaseAddress"] = Address, ["Connections__api__Networks"] = "127.0.0.0/8",
    };

    /// <summary>A playbook that marks an alert once (what can't be known is asked), waits, and marks it done (which may be repeated).</summary>
    public static string Playbook(string wait) => $$$"""
        id: marked
        name: Marked
        on:
          alert:
            when: alert.source == 'generic'
        steps:
          - uses: http.request
            connection: api
            effect: contain
            recovery: ask
            with: { method: POST, path: "/mark/${{ alert.source_id }}", body: {} }
          - wait: {{{wait}}}
          - uses: http.request
            connection: api
            effect: record
            recovery: repeat
            with: { method: POST, path: "/done/${{ alert.source_id }}", body: {} }
        """;

    /// <summary>An alert that starts it.</summary>
    public static object Alert(string id) => new { source_id = id, title = "marked", time = "2026-01-01T10:00:00Z", severity_score = 80, device = new { hostname = "WS-1" } };
}
