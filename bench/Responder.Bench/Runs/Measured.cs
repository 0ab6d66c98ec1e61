using System.Diagnostics;
using System.Net.Http.Headers;
using Responder.Bench.Harness;

namespace Responder.Bench.Runs;

/// <summary>A program that does the work: started, sent alerts, looked at.</summary>
internal abstract class Measured : IAsyncDisposable
{
    public abstract string Name { get; }

    public abstract ServerProcess Process { get; }

    /// <summary>Where alerts are posted.</summary>
    public abstract string AlertRoute { get; }

    /// <summary>The commits of the store so far; null for a program without one.</summary>
    public virtual Task<long?> CommitsAsync(CancellationToken cancel) => Task.FromResult<long?>(null);

    /// <summary>Posts an alert.</summary>
    /// <returns>When it was sent and acknowledged; null where it was not taken.</returns>
    public async Task<(long Sent, long Acknowledged)?> PostAsync(string run, CancellationToken cancel)
    {
        var sent = Stopwatch.GetTimestamp();
        try
        {
            using var content = new ByteArrayContent(Work.Alert(run)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await Process.Api.PostAsync(new Uri(AlertRoute, UriKind.Relative), content, cancel);
            return answer.IsSuccessStatusCode ? (sent, Stopwatch.GetTimestamp()) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}

/// <summary>Responder on the http connector.</summary>
internal sealed class MeasuredResponder : Measured
{
    private readonly string? _database;

    private MeasuredResponder(string? database, ServerProcess process) => (_database, Process) = (database, process);

    public override string Name => $"responder, {(_database is null ? "sqlite" : "postgres")}";

    public override ServerProcess Process { get; }

    public override string AlertRoute => $"/api/alerts/{Work.Source}";

    public override async Task<long?> CommitsAsync(CancellationToken cancel) =>
        _database is null ? await CommitCount.SqliteAsync(Process.Data, cancel) : await CommitCount.PostgresAsync(_database, cancel);

    /// <summary>Starts it.</summary>
    /// <param name="program">Its assembly; the build beside this program where null.</param>
    /// <param name="database">The connection string of the PostgreSQL that it works on; null for the embedded store.</param>
    /// <param name="stub">Whom it calls.</param>
    /// <param name="recovery">What the playbook says of calls whose end is not known.</param>
    /// <param name="counted">True where its flushes are counted.</param>
    /// <param name="cancel">Ends waiting.</param>
    public static async Task<MeasuredResponder> StartAsync(string? program, string? database, Uri stub, string recovery, bool counted, CancellationToken cancel)
    {
        var server = new ServerProcess(program, database is null ? [] : ["--store", "postgres"]) { CountsFlushes = counted };
        if (database is not null)
        {
            server.Environment["RESPONDER_Store__Postgres"] = database;
            server.Environment["RESPONDER_Cluster__Port"] = ServerProcess.FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var sources = Path.Combine(server.Folder, "sources");
        Directory.CreateDirectory(sources);
        await File.WriteAllTextAsync(Path.Combine(sources, "bench.yaml"), Work.Mapping, cancel);
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["Intake__Sources"] = sources, ["Connections__stub__Connector"] = "http", ["Connections__stub__BaseAddress"] = stub.ToString(), ["Connections__stub__Bearer"] = "tok-bench",
            ["Connections__stub__Networks"] = "127.0.0.0/8",
        })
        {
            server.Environment[$"RESPONDER_{name}"] = value;
        }

        await server.WritePlaybooksAsync(new Dictionary<string, string> { [Work.Playbook] = Work.PlaybookText(recovery) }, cancel);
        await server.StartAsync(cancel);
        return new MeasuredResponder(database, server);
    }
}

/// <summary>The floor.</summary>
internal sealed class MeasuredFloor : Measured
{
    private MeasuredFloor(ServerProcess process) => Process = process;

    public override string Name => "floor";

    public override ServerProcess Process { get; }

    public override string AlertRoute => "/";

    public static async Task<MeasuredFloor> StartAsync(Uri stub, CancellationToken cancel)
    {
        var server = new ServerProcess(typeof(Floor).Assembly.Location, []) { Arguments = address => [Floor.Verb, "--urls", address, "--stub", stub.ToString()] };
        await server.StartAsync(cancel);
        return new MeasuredFloor(server);
    }
}
