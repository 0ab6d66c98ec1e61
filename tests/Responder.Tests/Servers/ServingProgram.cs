using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace Responder.Tests.Servers;

/// <summary>The real program serving, on loopback and a data folder of its own, to be killed, stopped and started again by its id.</summary>
internal sealed class ServingProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("responder-serve");
    private readonly Dictionary<string, string> _variables;
    private readonly string[] _more;
    private Process? _process;
    private Task<string> _said = Task.FromResult(string.Empty);

    /// <param name="variables">Settings, without their prefix.</param>
    /// <param name="more">More options of <c>serve</c>.</param>
    public ServingProgram(IReadOnlyDictionary<string, string> variables, params string[] more)
    {
        (_variables, _more) = (new Dictionary<string, string>(variables), more);
        Playbooks = Path.Combine(_folder.FullName, "playbooks");
        Api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{FreePort()}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Api { get; }

    public string Data => Path.Combine(_folder.FullName, "data");

    public string ApiKey => System.IO.File.ReadAllText(Seen("api-key"));

    public int Id => _process!.Id;

    /// <summary>Variables of the environment beside its settings.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>By its data folder: a program and its first arguments that start it in their own place, so that the process is the same.</summary>
    public Func<string, IReadOnlyList<string>>? Under { get; init; }

    /// <summary>The program's assembly: the one of this build unless another is named.</summary>
    public string Program { get; init; } = Path.Combine(AppContext.BaseDirectory, "responder.dll");

    /// <summary>A file of its data folder as it sees it, whatever is mounted there for it alone.</summary>
    public string Seen(string name) => Under is null ? Path.Combine(Data, name) : $"/proc/{Id}/root{Path.Combine(Data, name)}";

    /// <summary>Its playbooks: a folder of its own, unless the project's are named.</summary>
    public string Playbooks { get; init; }

    public void Playbook(string id, string text)
    {
        Directory.CreateDirectory(Path.Combine(Playbooks, id));
        System.IO.File.WriteAllText(Path.Combine(Playbooks, id, "playbook.yaml"), text);
    }

    /// <summary>A file beside its data, with a text.</summary>
    public string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Starts it; returns when it is ready.</summary>
    /// <param name="key">The key to call it with; its own first one where null.</param>
    public async Task StartAsync(string? key = null)
    {
        Directory.CreateDirectory(Playbooks);
        string[] line = [.. Under?.Invoke(Data) ?? [], "dotnet", Program, "serve", "--urls", Api.BaseAddress!.ToString().TrimEnd('/'), "--data", Data, "--playbooks", Playbooks, .. _more];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = _folder.FullName };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in _variables)
        {
            start.Environment[$"RESPONDER_{name}"] = value;
        }

        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        var listens = new TaskCompletionSource();
        _said = HearAsync(_process.StandardError, listens);
        _ = _process.StandardOutput.ReadToEndAsync();
        Task heard = Task.WhenAny(listens.Task, _said);
        await heard.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!listens.Task.IsCompleted || !await IsReadyAsync())
        {
            await KillAsync();
            throw new InvalidOperationException($"The server did not become ready. It said: {await _said}");
        }

        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key ?? ApiKey);
    }

    /// <summary>True where it answers that it is ready.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Api.GetAsync(new Uri("/readyz", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns when it has ended, with its exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signal("TERM");
        return await EndedAsync();
    }

    /// <summary>Waits until it has ended by itself; its exit code.</summary>
    public async Task<int> EndedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal to this process alone: <c>STOP</c>, <c>CONT</c>, <c>TERM</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!;
        kill.WaitForExit();
    }

    public async Task<JsonElement> GetAsync(string route)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, route));
        answer.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What time it is there.</summary>
    public async Task<DateTimeOffset> NowAsync()
    {
        using var answer = await Api.GetAsync(new Uri("/healthz", UriKind.Relative));
        return answer.Headers.Date!.Value;
    }

    /// <summary>The status of a GET.</summary>
    public async Task<HttpStatusCode> StatusAsync(string route)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, route));
        return answer.StatusCode;
    }

    public async Task<HttpStatusCode> PostAsync(string route, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Post, route) { Content = content });
        return answer.StatusCode;
    }

    /// <summary>What it says until its end; it listens once it says so.</summary>
    private static async Task<string> HearAsync(StreamReader errors, TaskCompletionSource listens)
    {
        var said = new System.Text.StringBuilder();
        while (await errors.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (line.StartsWith("Responder listens on", StringComparison.Ordinal))
            {
                listens.TrySetResult();
            }
        }

        return said.ToString();
    }

    /// <summary>One that has ended by itself says why, which a refused connection does not.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            try
            {
                return await Api.SendAsync(request);
            }
            catch (HttpRequestException) when (_process!.HasExited)
            {
                throw new InvalidOperationException($"The server has ended with {_process.ExitCode}. It said: {await _said}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        Api.Dispose();
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
