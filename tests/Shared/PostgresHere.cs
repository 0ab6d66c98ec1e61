using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Responder.Tests.Shared;

/// <summary>
/// A real PostgreSQL on loopback, in a folder of its own. Its programs are Debian's (package <c>postgresql</c>), which the test script installs. A server refuses
/// to run as root: then it runs as <c>postgres</c>.
/// </summary>
/// <param name="fsync">Whether commits come to the disk; where false, only a crash of the machine would tell.</param>
public class PostgresHere(bool fsync)
{
    private const string User = "responder";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"responder-pg-{Guid.NewGuid():N}");
    private readonly int _port = FreePort();
    private readonly string _programs = Programs();
    private int _made;

    /// <summary>Where it listens.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username={User};Database=postgres";

    /// <summary>Makes an empty server, and starts it.</summary>
    public async Task MakeAsync()
    {
        Directory.CreateDirectory(_folder);
        if (IsRoot)
        {
            await RunAsync("chown", "postgres", _folder);
        }

        await PgAsync("initdb", "-D", Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await StartAsync();
    }

    /// <summary>Starts the server, and waits until it answers.</summary>
    public Task StartAsync() => PgAsync(
        "pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o",
        $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync={(fsync ? "on" : "off")} -c max_connections=200 -c shared_buffers=64MB", "start");

    /// <summary>Stops it as in an emergency: open transactions are broken off.</summary>
    public Task StopAsync() => PgAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    /// <summary>An empty database.</summary>
    public async Task<string> DatabaseAsync()
    {
        var name = $"t{Interlocked.Increment(ref _made)}";
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Stops it, and deletes what it held.</summary>
    public async Task DeleteAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private static bool IsRoot => Environment.UserName == "root";

    private Task PgAsync(string program, params string[] arguments) => IsRoot
        ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(_programs, program), .. arguments])
        : RunAsync(Path.Combine(_programs, program), arguments);

    private async Task RunAsync(string program, params string[] arguments)
    {
        // What it says goes into a file, because a server that is started inherits it and would keep a pipe open.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = _folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("out=\"$1\"; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        var said = Path.Combine(Path.GetTempPath(), $"responder-pg-{Guid.NewGuid():N}.out");
        foreach (var argument in (string[])[said, program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var text = File.Exists(said) ? await File.ReadAllTextAsync(said) : "";
        File.Delete(said);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {text}");
        }
    }

    private static string Programs() =>
        Directory.Exists("/usr/lib/postgresql") && Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault() is { } newest
            ? Path.Combine(newest, "bin")
            : throw new InvalidOperationException("There is no PostgreSQL under /usr/lib/postgresql. `bash test.sh` installs it, or: apt-get install postgresql");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
