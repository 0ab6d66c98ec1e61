using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Responder.Bench.Harness;

namespace Responder.Bench.Runs;

/// <summary><c>runs</c>: whole runs against the floor, in one go: throughput, times, processor, memory, start, flushes, a burst, and a crash.</summary>
internal static class RunsBench
{
    public static Command Make()
    {
        var inFlight = new Option<int[]>("--in-flight") { Description = "Runs in flight, one measurement each.", DefaultValueFactory = _ => [1, 16, 64, 256], AllowMultipleArgumentsPerToken = true };
        var runs = new Option<int[]>("--runs") { Description = "Runs of each measurement.", DefaultValueFactory = _ => [300, 1500, 2000, 2000], AllowMultipleArgumentsPerToken = true };
        var repeat = new Option<int>("--repeat") { Description = "Rounds; the median of each figure is told.", DefaultValueFactory = _ => 3 };
        var burst = new Option<int>("--burst") { Description = "Alerts posted at once; 0 for none.", DefaultValueFactory = _ => 2000 };
        var crash = new Option<int>("--crash") { Description = "Runs in flight at a SIGKILL; 0 for none.", DefaultValueFactory = _ => 200 };
        var recovery = new Option<string>("--recovery") { Description = "repeat or ask: what the playbook says of calls whose end is not known.", DefaultValueFactory = _ => "repeat" };
        recovery.AcceptOnlyFromAmong("repeat", "ask");
        var store = new Option<string>("--store") { Description = "sqlite, or postgres: a server that is started for it, or that of RESPONDER_Store__Postgres.", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong("sqlite", "postgres");
        var program = new Option<string?>("--program") { Description = "responder.dll to measure; the publish for this machine where it is not given, and the build beside this program where no publish is as new." };
        var flushes = new Option<bool>("--flushes") { Description = "One more start under strace, which counts the calls of fdatasync." };
        var output = Results.Output();
        var command = new Command("runs", "An alert and its eight calls, by Responder and by a program without an engine.") { inFlight, runs, repeat, burst, crash, recovery, store, program, flushes, output };
        command.SetAction(async (parse, cancel) =>
        {
            var plan = new Plan(parse.GetValue(inFlight)!, parse.GetValue(runs)!, parse.GetValue(repeat), parse.GetValue(burst), parse.GetValue(crash));
            var measured = parse.GetValue(program) ?? Published.Find();
            await using var stub = await Stub.StartAsync(cancel);
            await using var postgres = parse.GetValue(store) == "postgres" ? await Database.OpenAsync() : null;
            Console.Error.WriteLine($"one flush to disk: p50 {OneFlush():0.00} ms; load {File.ReadAllText("/proc/loadavg").Trim()}");
            var found = new Found();

            // The floor last: whoever is first pays for the stub's warming up.
            await MeasureAsync(() => ResponderAsync(counted: false), plan, stub, found, cancel);
            await MeasureAsync(async () => await MeasuredFloor.StartAsync(stub.Address, cancel), plan with { Crash = 0 }, stub, found, cancel);
            if (parse.GetValue(flushes))
            {
                await MeasureAsync(() => ResponderAsync(counted: true), plan with { Repeat = 1, Burst = 0, Crash = 0 }, stub, found, cancel);
            }

            Console.Error.WriteLine($"load {File.ReadAllText("/proc/loadavg").Trim()}; calls that were none of the work: {stub.Strange}");
            found.Print(parse.GetValue(output)!);
            return found.Exit;

            async Task<Measured> ResponderAsync(bool counted) =>
                await MeasuredResponder.StartAsync(measured, postgres?.ConnectionString, stub.Address, parse.GetValue(recovery)!, counted, cancel);
        });
        return command;
    }

    private static async Task MeasureAsync(Func<Task<Measured>> start, Plan plan, Stub stub, Found found, CancellationToken cancel)
    {
        await using var program = await start();
        await Task.Delay(3000, cancel);
        var (ready, readyCpu, idle) = (program.Process.ReadySeconds, program.Process.ReadyCpuMilliseconds, program.Process.Megabytes);
        var rounds = new Rounds(program, stub, cancel);
        await rounds.InFlightAsync(8, 300);
        var rows = new List<Row>();
        for (var round = 0; round < plan.Repeat; round++)
        {
            foreach (var (inFlight, runs) in plan.InFlight.Select((one, i) => (one, plan.Runs[Math.Min(i, plan.Runs.Length - 1)])))
            {
                rows.Add(await rounds.InFlightAsync(inFlight, runs));
                await Task.Delay(1000, cancel);
            }

            if (plan.Burst > 0)
            {
                found.Bursts.Add(await rounds.BurstAsync(plan.Burst));
                await Task.Delay(1000, cancel);
            }
        }

        found.Rows.AddRange(rows.GroupBy(row => row.InFlight).Select(group => group.OrderBy(row => row.RunsPerSecond).ElementAt(group.Count() / 2)));
        found.Starts.Add(new Start(program.Name + (program.Process.CountsFlushes ? ", counted" : string.Empty), ready, readyCpu, idle, program.Process.Megabytes, program.Process.PeakMegabytes));
        if (plan.Crash > 0)
        {
            found.Crashes.Add(await Crash.KillAsync(program, stub, plan.Crash, restarts: true, cancel));
        }
    }

    // What a commit cannot be faster than here: an appended page and its way to the disk.
    private static double OneFlush()
    {
        var path = Path.Combine(Path.GetTempPath(), $"responder-bench-{System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        var times = new Latency();
        for (var i = 0; i < 100; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            file.Write(new byte[4096]);
            file.Flush(flushToDisk: true);
            times.Add(begun, Stopwatch.GetTimestamp());
        }

        return times.At(0.5);
    }

    private sealed record Plan(int[] InFlight, int[] Runs, int Repeat, int Burst, int Crash);

    private sealed record Start(string Program, double ReadySeconds, double ReadyCpuMs, long IdleMb, long AfterMb, long PeakMb);

    private sealed class Found
    {
        public List<Row> Rows { get; } = [];

        public List<Burst> Bursts { get; } = [];

        public List<Start> Starts { get; } = [];

        public List<CrashResult> Crashes { get; } = [];

        public int Exit => Rows.Any(row => row.NotExact > 0 || row.NotDone > 0) || Crashes.Any(crash => crash.Lost > 0) ? 1 : 0;

        public void Print(string output)
        {
            Results.Print(output, "runs", Rows);
            Results.Print(output, "start and memory", Starts);
            if (Bursts.Count > 0)
            {
                Results.Print(output, "burst", Bursts);
            }

            if (Crashes.Count > 0)
            {
                Results.Print(output, "crash", Crashes);
            }
        }
    }
}
