using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Responder.Bench.Harness;

/// <summary>The real program, serving on loopback from a data folder of its own, in a process that can be killed and started again.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("responder-bench");
    private readonly string _program;
    private readonly int _port = FreePort();
    private Process? _process;
    private HttpClient? _api;

    /// <summary>One that is not started yet.</summary>
    /// <param name="program">The program's assembly; the build beside this one where null.</param>
    /// <param name="more">More options of <c>serve</c>.</param>
    public ServerProcess(string? program, params string[] more)
    {
        _program = program ?? Path.Combine(AppContext.BaseDirectory, "responder.dll");
        Arguments = address => ["serve", "--urls", address, "--data", Data, "--playbooks", Playbooks, .. more];
    }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public string Folder => _folder.FullName;

    public string Playbooks => Path.Combine(Folder, "playbooks");

    public string Data => Path.Combine(Folder, "data");

    /// <summary>What it is started with, by its address.</summary>
    public Func<string, string[]> Arguments { get; init; }

    /// <summary>Variables that it is started with.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>True where it runs under strace, which counts what it flushes to disk.</summary>
    public bool CountsFlushes { get; init; }

    /// <summary>Seconds from its last start until it was ready.</summary>
    public double ReadySeconds { get; private set; }

    /// <summary>Processor milliseconds that it had used when it was ready.</summary>
    public double ReadyCpuMilliseconds { get; private set; }

    /// <summary>Calls with the first key, where there is one; lives as long as this does, over restarts.</summary>
    public HttpClient Api => _api ??= new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 })
    {
        BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60),
        DefaultRequestHeaders = { Authorization = Key is { } key ? new AuthenticationHeaderValue("Bearer", key) : null },
    };

    /// <summary>The key that it is called with: its first one, where it made one; else that of the node that did.</summary>
    public string? Key
    {
        get => field ?? (File.Exists(Path.Combine(Data, "api-key")) ? File.ReadAllText(Path.Combine(Data, "api-key")) : null);
        set;
    }

    /// <summary>Writes the playbooks and starts it.</summary>
    /// <param name="playbooks">Their texts by id.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <param name="more">More options of <c>serve</c>.</param>
    public static async Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string> playbooks, CancellationToken cancel, params string[] more)
    {
        var server = new ServerProcess(null, more);
        await server.WritePlaybooksAsync(playbooks, cancel);
        await server.StartAsync(cancel);
        return server;
    }

    /// <summary>Writes the playbooks.</summary>
    public async Task WritePlaybooksAsync(IReadOnlyDictionary<string, string> playbooks, CancellationToken cancel)
    {
        foreach (var (id, text) in playbooks)
        {
            Directory.CreateDirectory(Path.Combine(Playbooks, id));
            await File.WriteAllTextAsync(Path.Combine(Playbooks, id, "playbook.yaml"), text, cancel);
        }
    }

    /// <summary>Starts it on the folder that is there; answers when it is ready.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        var start = new ProcessStartInfo(CountsFlushes ? "strace" : "dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in (string[])[.. CountsFlushes ? Counting : [], _program, .. Arguments(Address.ToString().TrimEnd('/'))])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        var begun = Stopwatch.StartNew();
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text && text.Contains("fail", StringComparison.OrdinalIgnoreCase))
            {
                Console.Error.WriteLine($"server: {text}");
            }
        };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        using var http = new HttpClient { BaseAddress = Address };
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(10, cancel))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative), cancel);
                if (answer.IsSuccessStatusCode)
                {
                    (ReadySeconds, ReadyCpuMilliseconds) = (Math.Round(begun.Elapsed.TotalSeconds, 2), CpuMilliseconds);
                    return;
                }
            }
            catch (HttpRequestException) when (waited.Elapsed < TimeSpan.FromSeconds(60) && !_process.HasExited)
            {
                // Not listening yet.
            }
        }
    }

    /// <summary>SIGKILL: nothing of it can clean up.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: CountsFlushes);
        await _process.WaitForExitAsync();
    }

    /// <summary>Processor seconds that it has used.</summary>
    public double CpuSeconds => Math.Round(CpuMilliseconds / 1000, 1);

    /// <summary>Processor milliseconds that it has used.</summary>
    public double CpuMilliseconds => _process!.TotalProcessorTime.TotalMilliseconds;

    /// <summary>Its memory now, in megabytes.</summary>
    public long Megabytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64 / (1024 * 1024);
        }
    }

    /// <summary>
    /// Its memory now, in megabytes: all that is resident, and of it what is the process's own (heaps, code that was compiled) and what is of files (the programs' and the system's
    /// libraries, which the system takes back where it needs room).
    /// </summary>
    public (long All, long Own, long Files) Memory
    {
        get
        {
            var status = File.ReadLines($"/proc/{_process!.Id}/status").Select(line => line.Split(':', 2)).Where(line => line[0].StartsWith("Rss", StringComparison.Ordinal))
                .ToDictionary(line => line[0], line => long.Parse(line[1].Replace("kB", string.Empty, StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture) / 1024, StringComparer.Ordinal);
            return (Megabytes, status["RssAnon"] + status["RssShmem"], status["RssFile"]);
        }
    }

    /// <summary>The most memory it has had, in megabytes.</summary>
    public long PeakMegabytes
    {
        get
        {
            _process!.Refresh();
            return _process.PeakWorkingSet64 / (1024 * 1024);
        }
    }

    /// <summary>How often it has flushed something to disk, where it is counted.</summary>
    public int Flushes => CountsFlushes && File.Exists(Trace) ? File.ReadLines(Trace).Count(line => line.Contains("sync(", StringComparison.Ordinal)) : 0;

    private string Trace => Path.Combine(Folder, "flushes");

    private string[] Counting => ["-f", "-qq", "--seccomp-bpf", "-e", "trace=fdatasync,fsync", "-e", "signal=none", "-o", Trace, "dotnet"];

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        await KillAsync();
        _process!.Dispose();
        _folder.Delete(recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
