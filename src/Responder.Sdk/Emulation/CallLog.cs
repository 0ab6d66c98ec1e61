using Microsoft.AspNetCore.Http;

namespace Responder.Sdk.Emulation;

/// <summary>One call that came to an emulator.</summary>
public sealed class EmulatedCall
{
    /// <summary>The emulator and its number: <c>falcon#17</c>.</summary>
    public required string Id { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The path with its query.</summary>
    public required string Path { get; init; }

    /// <summary>The status that was answered; 0 while it is under way, and where the connection was dropped.</summary>
    public int Status { get; internal set; }

    /// <summary>The fault that struck, where one did.</summary>
    public string? Fault { get; internal set; }

    /// <summary>The body where it was JSON; of token calls never.</summary>
    public string? Body { get; internal set; }
}

/// <summary>The calls that came, oldest first; the last 20,000.</summary>
/// <param name="name">The emulator.</param>
public sealed class CallLog(string name)
{
    private const int Most = 20_000;
    private static readonly object Key = new();
    private readonly Lock _turn = new();
    private readonly Queue<EmulatedCall> _calls = new();
    private long _count;

    /// <summary>Told of each call when it is over: answered, dropped, or given up by its caller.</summary>
    public event Action<EmulatedCall>? Ended;

    /// <summary>All that are kept.</summary>
    public IReadOnlyList<EmulatedCall> All
    {
        get
        {
            lock (_turn)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>The log's line of a call.</summary>
    /// <param name="http">The call.</param>
    public static EmulatedCall? Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Items.TryGetValue(Key, out var found) ? found as EmulatedCall : null;
    }

    /// <summary>How many calls have a method and a path that begins so.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The beginning of the path.</param>
    public int Count(string method, string path) => All.Count(call => call.Method == method && call.Path.StartsWith(path, StringComparison.Ordinal));

    internal EmulatedCall Begin(HttpContext http, DateTimeOffset at)
    {
        lock (_turn)
        {
            var call = new EmulatedCall { Id = $"{name}#{++_count}", At = at, Method = http.Request.Method, Path = http.Request.Path + http.Request.QueryString };
            _calls.Enqueue(call);
            if (_calls.Count > Most)
            {
                _calls.Dequeue();
            }

            http.Items[Key] = call;
            return call;
        }
    }

    /// <summary>Forgets the calls; their numbers go on.</summary>
    public void Clear()
    {
        lock (_turn)
        {
            _calls.Clear();
        }
    }

    internal void End(EmulatedCall call) => Ended?.Invoke(call);
}
