using System.CommandLine;
using System.Diagnostics;
using Responder.Bench.Harness;

namespace Responder.Bench.Intake;

/// <summary><c>intake</c>: alerts accepted a second, each on disk before it is answered, and how long senders wait, by the number of playbooks.</summary>
internal static class IntakeBench
{
    private const int Hosts = 50;

    public static Command Make()
    {
        var playbooks = new Option<int[]>("--playbooks") { Description = "How many playbooks, one measurement each.", DefaultValueFactory = _ => [5, 500], AllowMultipleArgumentsPerToken = true };
        var senders = new Option<int>("--senders") { Description = "Senders at once.", DefaultValueFactory = _ => 16 };
        var batch = new Option<int[]>("--batch") { Description = "Alerts a delivery, one measurement each.", DefaultValueFactory = _ => [1, 100], AllowMultipleArgumentsPerToken = true };
        var seconds = new Option<int>("--seconds") { Description = "How long each measurement takes.", DefaultValueFactory = _ => 15 };
        var output = Results.Output();
        var command = new Command("intake", "Alerts accepted a second, and the time until they are acknowledged.") { playbooks, senders, batch, seconds, output };
        command.SetAction(async (parse, cancel) =>
        {
            var rows = new List<Row>();
            foreach (var count in parse.GetValue(playbooks)!)
            {
                foreach (var size in parse.GetValue(batch)!)
                {
                    rows.Add(await MeasureAsync(count, size, parse.GetValue(senders), TimeSpan.FromSeconds(parse.GetValue(seconds)), cancel));
                }
            }

            Results.Print(parse.GetValue(output)!, "intake", rows);
            return 0;
        });
        return command;
    }

    private static async Task<Row> MeasureAsync(int playbooks, int batch, int senders, TimeSpan length, CancellationToken cancel)
    {
        await using var server = await ServerProcess.StartAsync(SamplePlaybooks.Make(playbooks), cancel);
        var sender = new Sender(server);
        await SendAsync("warm", TimeSpan.FromSeconds(3), new Latency());
        var (latency, before, clock) = (new Latency(), server.CpuSeconds, Stopwatch.StartNew());
        var accepted = await SendAsync("timed", length, latency);
        var rate = accepted / clock.Elapsed.TotalSeconds;
        return new Row(playbooks, batch, senders, (int)rate, latency.At(0.5), latency.At(0.99), latency.At(1), Math.Round((server.CpuSeconds - before) * 1000 / accepted, 2), server.Megabytes, sender.Again);

        async Task<int> SendAsync(string name, TimeSpan time, Latency measured)
        {
            var (next, taken, until) = (0, 0, Stopwatch.StartNew());
            await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(
                async () =>
                {
                    while (until.Elapsed < time)
                    {
                        var body = SampleAlerts.Body(name, Interlocked.Add(ref next, batch) - batch, batch, Hosts);
                        if (await measured.TimeAsync(() => sender.TryAsync(body, cancel)))
                        {
                            Interlocked.Add(ref taken, batch);
                        }
                    }
                },
                cancel)));
            return taken;
        }
    }

    private sealed record Row(int Playbooks, int Batch, int Senders, int AlertsPerSecond, double P50Ms, double P99Ms, double MaxMs, double CpuMsPerAlert, long Megabytes, int Refused);
}
