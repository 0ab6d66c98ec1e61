using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Responder.Tests;

/// <summary>The real program, started as anybody would, on a data folder of its own.</summary>
internal sealed class TheProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("responder-test");

    public string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Variables of the environment that it is started with.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs it to its end.</summary>
    public Task<Ended> RunAsync(params string[] arguments) => EndedAsync(arguments, Start(arguments));

    /// <summary>Starts it and leaves it at work; it says that it is ready by its first line.</summary>
    public async Task<AtWork> BeginAsync(params string[] arguments)
    {
        var process = Start(arguments);
        var error = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (error)
            {
                error.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        var first = await process.StandardOutput.ReadLineAsync();
        return first is not null ? new AtWork(process, first, error) : throw new InvalidOperationException($"responder {string.Join(' ', arguments)} ended before it was ready: {error}");
    }

    /// <summary>Runs it to its end by the command of the README, from the project's root.</summary>
    public Task<Ended> RunBySourceAsync(params string[] arguments) => EndedAsync(arguments, StartDotnet(["run", "--no-build", "--project", "src/Responder", "--", .. arguments]));

    private static async Task<Ended> EndedAsync(string[] arguments, Process started)
    {
        using var process = started;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(6));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"responder {string.Join(' ', arguments)} did not end. It said: {await error}");
        }

        return new Ended(process.ExitCode, await output, await error);
    }

    /// <summary>Runs it until it has said so many lines, then kills it: SIGKILL, nothing of it can clean up.</summary>
    public async Task<bool> KillAfterAsync(int lines, params string[] arguments)
    {
        using var process = Start(arguments);
        _ = process.StandardOutput.ReadToEndAsync();
        for (var line = 0; line < lines; line++)
        {
            if (await process.StandardError.ReadLineAsync() is null)
            {
                await process.WaitForExitAsync();
                return false;
            }
        }

        process.Kill();
        await process.WaitForExitAsync();
        return true;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Process Start(string[] arguments) => StartDotnet([Path.Combine(AppContext.BaseDirectory, "responder.dll"), .. arguments]);

    private Process StartDotnet(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What it keeps for a moment goes with the test.
        start.Environment["TMPDIR"] = _folder.FullName;
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}

/// <summary>The program at work, killed at the end of the test.</summary>
internal sealed class AtWork(Process process, string first, StringBuilder error) : IAsyncDisposable
{
    /// <summary>Its first line.</summary>
    public JsonElement Line { get; } = JsonSerializer.Deserialize<JsonElement>(first);

    /// <summary>What it has written to standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (error)
            {
                return error.ToString();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

/// <summary>How a start of the program ended.</summary>
internal sealed record Ended(int Code, string Output, string Error)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);
}
