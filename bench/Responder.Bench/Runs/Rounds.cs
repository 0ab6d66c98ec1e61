using System.Diagnostics;
using Responder.Bench.Harness;

namespace Responder.Bench.Runs;

/// <summary>What is measured of one program, one kind of load each.</summary>
internal sealed class Rounds(Measured program, Stub stub, CancellationToken cancel)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private int _tag;

    /// <summary>So many runs, so many in flight all the time.</summary>
    public async Task<Row> InFlightAsync(int inFlight, int runs)
    {
        stub.Reset();
        var (tag, next, late, refused) = (Tag(), 0, 0, 0);
        var (ack, first, last, gap) = (new Latency(), new Latency(), new Latency(), new Latency());
        var commits = await program.CommitsAsync(cancel);
        var (cpu, flushes, clock) = (program.Process.CpuMilliseconds, program.Process.Flushes, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Increment(ref next) is var number && number <= runs)
                {
                    var (id, record) = ($"{tag}-{number}", stub.Of($"{tag}-{number}"));
                    if (await program.PostAsync(id, cancel) is not { } posted)
                    {
                        Interlocked.Increment(ref refused);
                    }
                    else if (await EndsAsync(record))
                    {
                        ack.Add(posted.Sent, posted.Acknowledged);
                        first.Add(posted.Sent, record.First);
                        last.Add(posted.Sent, record.Last);
                        gap.Add(record.Gaps);
                    }
                    else
                    {
                        Interlocked.Increment(ref late);
                    }
                }
            },
            cancel)));
        var seconds = clock.Elapsed.TotalSeconds;
        var (done, used) = (last.Count, program.Process.CpuMilliseconds - cpu);
        await Task.Delay(300, cancel);
        commits = await program.CommitsAsync(cancel) - commits;
        var records = Enumerable.Range(1, runs).Select(number => stub.Of($"{tag}-{number}")).ToList();
        return new Row(
            program.Name, inFlight, runs, Round(done / seconds), Round(used / Math.Max(1, done)), ack.At(0.5), first.At(0.5), first.At(0.95), first.At(0.99),
            last.At(0.5), last.At(0.95), last.At(0.99), gap.At(0.5), commits is { } written ? Round((double)written / Math.Max(1, done)) : null, program.Process.CountsFlushes ? Round((double)(program.Process.Flushes - flushes) / Math.Max(1, done)) : null,
            records.Count(one => one.Wrong || one.Repeats > 0 || !one.Done.IsCompleted), refused + late, program.Process.PeakMegabytes);
    }

    /// <summary>So many alerts at once, by 64 senders, and the time until all are done.</summary>
    public async Task<Burst> BurstAsync(int alerts)
    {
        stub.Reset();
        var (tag, next, taken) = (Tag(), 0, 0);
        var (ack, clock) = (new Latency(), Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Increment(ref next) is var number && number <= alerts)
                {
                    if (await program.PostAsync($"{tag}-{number}", cancel) is { } posted)
                    {
                        ack.Add(posted.Sent, posted.Acknowledged);
                        Interlocked.Increment(ref taken);
                    }
                }
            },
            cancel)));
        var accepted = clock.Elapsed.TotalSeconds;
        var ended = await Task.WhenAll(Enumerable.Range(1, alerts).Select(number => EndsAsync(stub.Of($"{tag}-{number}"))));
        return new Burst(program.Name, alerts, taken, Round(taken / accepted), ack.At(0.5), ack.At(0.99), Round(clock.Elapsed.TotalSeconds), ended.Count(one => one), program.Process.PeakMegabytes);
    }

    private async Task<bool> EndsAsync(StubRun record)
    {
        try
        {
            await record.Done.WaitAsync(Patience, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private string Tag() => $"{System.Environment.ProcessId:x}{Interlocked.Increment(ref _tag)}";

    private static double Round(double value) => Math.Round(value, 2);
}

/// <summary>Throughput and times, in milliseconds, at so many in flight.</summary>
internal sealed record Row(
    string Program, int InFlight, int Runs, double RunsPerSecond, double CpuMsPerRun, double AckP50, double FirstP50, double FirstP95, double FirstP99, double LastP50, double LastP95, double LastP99,
    double StepP50, double? CommitsPerRun, double? FlushesPerRun, int NotExact, int NotDone, long PeakMb);

/// <summary>A storm of alerts.</summary>
internal sealed record Burst(string Program, int Alerts, int Accepted, double AcceptedPerSecond, double AckP50, double AckP99, double AllDoneInSeconds, int Done, long PeakMb);
