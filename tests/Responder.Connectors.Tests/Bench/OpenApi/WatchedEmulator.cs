using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Tests.Bench.OpenApi;

/// <summary>An emulator whose calls are kept with both bodies, as they were on the wire.</summary>
public sealed class WatchedEmulator(Emulator inner) : Emulator
{
    public ConcurrentQueue<WatchedCall> Calls { get; } = new();

    public override string Name => inner.Name;

    public override void Map(WebApplication app, EmulatorSite site)
    {
        app.Use((http, next) => WatchAsync(http, () => next(http)));
        inner.Map(app, site);
    }

    public override JsonObject Line(EmulatorSite site) => inner.Line(site);

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => inner.Settings(site);

    public override Task RefuseAsync(HttpContext http, int status, TimeSpan? retryAfter, EmulatorSite site) => WatchAsync(http, () => inner.RefuseAsync(http, status, retryAfter, site));

    private async Task WatchAsync(HttpContext http, Func<Task> answer)
    {
        string? sent = null;
        if (http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true)
        {
            http.Request.EnableBuffering();
            using var reader = new StreamReader(http.Request.Body, Encoding.UTF8, leaveOpen: true);
            sent = await reader.ReadToEndAsync();
            http.Request.Body.Position = 0;
        }

        var wire = http.Response.Body;
        using var kept = new MemoryStream();
        http.Response.Body = kept;
        try
        {
            await answer();
        }
        finally
        {
            http.Response.Body = wire;
        }

        Calls.Enqueue(new WatchedCall(
            http.Request.Method, http.Request.Path.Value!, [.. http.Request.Query.Keys], sent, http.Response.StatusCode, http.Response.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true, Encoding.UTF8.GetString(kept.ToArray())));
        if (kept.Length > 0)
        {
            await wire.WriteAsync(kept.ToArray());
        }
    }
}

/// <summary>A call and its answer.</summary>
public sealed record WatchedCall(string Method, string Path, IReadOnlyList<string> Query, string? Sent, int Status, bool IsJson, string Answered);
