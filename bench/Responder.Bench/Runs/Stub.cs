using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Responder.Bench.Runs;

/// <summary>The vendors' APIs that the work calls, in this process: answers each call, and keeps of each run when its calls came, in which order, how often and with what.</summary>
internal sealed class Stub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private ConcurrentDictionary<string, StubRun> _runs = new(StringComparer.Ordinal);

    private Stub(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>How long it takes to answer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Calls that were none of the eight.</summary>
    public int Strange { get; private set; }

    public static async Task<Stub> StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, options => options.Protocols = HttpProtocols.Http1);
        });
        var stub = new Stub(builder.Build());
        stub._app.Run(stub.AnswerAsync);
        await stub._app.StartAsync(cancel);
        return stub;
    }

    /// <summary>A run's record; it is there from the first time that somebody asks.</summary>
    public StubRun Of(string run) => _runs.GetOrAdd(run, static _ => new StubRun());

    /// <summary>Forgets what was.</summary>
    public void Reset() => _runs = new(StringComparer.Ordinal);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var at = Stopwatch.GetTimestamp();
        var (request, response) = (http.Request, http.Response);
        var path = request.Path.Value ?? "/";
        var run = request.Headers[Work.RunHeader].ToString();
        var call = run.Length == 0 ? 0 : Work.CallOf(request.Method, path);
        var body = await BodyAsync(request);
        if (call == 0)
        {
            Strange++;
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var record = Of(run);
        record.Called(call, at, Work.Carries(call, run, path, body, request.Headers.Authorization));
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay);
        }

        var (status, answer) = Work.Answer(call, run);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = answer.Length;
        await response.Body.WriteAsync(answer);
        record.Answered(call, Stopwatch.GetTimestamp());
    }

    private static async Task<string> BodyAsync(HttpRequest request)
    {
        if (request.ContentLength is not > 0)
        {
            return string.Empty;
        }

        var bytes = new byte[request.ContentLength.Value];
        await request.Body.ReadExactlyAsync(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}

/// <summary>What the stub saw of a run.</summary>
internal sealed class StubRun
{
    private readonly Lock _lock = new();
    private readonly int[] _counts = new int[Work.Calls + 1];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<double> _gaps = [];
    private readonly List<long> _calls = [];
    private int _last;
    private long _answered;

    /// <summary>Completes when the last of the eight calls was answered.</summary>
    public Task Done => _done.Task;

    /// <summary>When the first call came; 0 where none did.</summary>
    public long First { get; private set; }

    /// <summary>When the last of the eight came.</summary>
    public long Last { get; private set; }

    /// <summary>Milliseconds between an answer and the next call.</summary>
    public IReadOnlyList<double> Gaps => _gaps;

    /// <summary>A call came before one that goes before it, or without what an earlier one answered.</summary>
    public bool Wrong { get; private set; }

    /// <summary>Calls beyond the first of each kind.</summary>
    public int Repeats => _counts.Sum(count => Math.Max(0, count - 1));

    /// <summary>When the first call after a moment came; null where none did.</summary>
    /// <param name="moment">The moment.</param>
    public long? NextAfter(long moment)
    {
        lock (_lock)
        {
            return _calls.Find(at => at > moment) is > 0 and var at ? at : null;
        }
    }

    /// <summary>How often a call came.</summary>
    /// <param name="call">1 to 8.</param>
    public int Count(int call) => _counts[call];

    public void Called(int call, long at, bool carries)
    {
        lock (_lock)
        {
            First = First == 0 ? at : First;
            Last = at;
            _calls.Add(at);
            if (_answered != 0)
            {
                _gaps.Add(Stopwatch.GetElapsedTime(_answered, at).TotalMilliseconds);
            }

            Wrong |= !carries || call < _last;
            _counts[call]++;
            _last = call;
        }
    }

    public void Answered(int call, long at)
    {
        lock (_lock)
        {
            _answered = at;
        }

        if (call == Work.Calls)
        {
            _done.TrySetResult();
        }
    }
}
