using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Responder.Bench.Harness;

/// <summary>The real program, serving on loopback from a data folder of its own, in a process that can be killed and started again.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("responder-bench");
    private readonly string[] _more;
    private readonly int _port = FreePort();
    private Process? _process;
    private HttpClient? _api;

    private ServerProcess(string[] more) => _more = more;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public string Playbooks => Path.Combine(_folder.FullName, "playbooks");

    public string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Calls with the first key; lives as long as this does, over restarts.</summary>
    public HttpClient Api => _api ??= new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 })
    {
        BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(Data, "api-key"))) },
    };

    /// <summary>Writes the playbooks and starts it.</summary>
    /// <param name="playbooks">Their texts by id.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <param name="more">More options of <c>serve</c>.</param>
    public static async Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string> playbooks, CancellationToken cancel, params string[] more)
    {
        var server = new ServerProcess(more);
        foreach (var (id, text) in playbooks)
        {
            Directory.CreateDirectory(Path.Combine(server.Playbooks, id));
            await File.WriteAllTextAsync(Path.Combine(server.Playbooks, id, "playbook.yaml"), text, cancel);
        }

        await server.StartAsync(cancel);
        return server;
    }

    /// <summary>Starts it on the folder that is there; answers when it is ready.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "responder.dll"), "serve", "--urls", Address.ToString().TrimEnd('/'), "--data", Data, "--playbooks", Playbooks, .. _more])
        {
            start.ArgumentList.Add(argument);
        }

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
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50, cancel))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative), cancel);
                if (answer.IsSuccessStatusCode)
                {
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
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Processor seconds that it has used.</summary>
    public double CpuSeconds => Math.Round(_process!.TotalProcessorTime.TotalSeconds, 1);

    /// <summary>Its memory now, in megabytes.</summary>
    public long Megabytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64 / (1024 * 1024);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        await KillAsync();
        _process!.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
