using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Responder.Bench.Runs;

/// <summary>SIGKILL with so many runs in flight, spread over their steps; then the program is started again on what it left.</summary>
internal static class Crash
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    public static async Task<CrashResult> KillAsync(Measured program, Stub stub, int runs, bool restarts, CancellationToken cancel)
    {
        stub.Reset();
        stub.Delay = Slow;
        var tag = $"crash{Guid.NewGuid().ToString("N")[..6]}";
        var posts = new List<Task<(long, long)?>>();
        for (var number = 1; number <= runs; number++)
        {
            posts.Add(program.PostAsync($"{tag}-{number}", cancel));
            await Task.Delay(number % 4 == 0 ? 40 : 1, cancel);
        }

        var accepted = (await Task.WhenAll(posts)).Select((one, index) => (one, Id: $"{tag}-{index + 1}")).Where(one => one.one is not null).Select(one => one.Id).ToList();
        var done = accepted.Count(id => stub.Of(id).Done.IsCompleted);
        await program.Process.KillAsync();
        stub.Delay = TimeSpan.FromMilliseconds(20);
        await Task.Delay(Slow, cancel);
        var ready = double.NaN;
        var doubt = 0;
        if (restarts)
        {
            await program.Process.StartAsync(cancel);
            ready = program.Process.ReadySeconds;
            doubt = await SettledAsync(program, stub, accepted, cancel);
        }

        var records = accepted.Select(stub.Of).ToList();
        var ended = records.Count(one => one.Done.IsCompleted);
        return new CrashResult(
            program.Name, accepted.Count, done, ended, doubt, accepted.Count - ended - doubt, records.Count(one => one.Repeats > 0), records.Count(one => one.Count(3) > 1), Math.Round(ready, 2));
    }

    // Until every run has ended or waits for a person.
    private static async Task<int> SettledAsync(Measured program, Stub stub, List<string> accepted, CancellationToken cancel)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(500, cancel))
        {
            var doubt = await InDoubtAsync(program, cancel);
            if (accepted.Count(id => stub.Of(id).Done.IsCompleted) + doubt >= accepted.Count || waited.Elapsed > Patience)
            {
                return doubt;
            }
        }
    }

    private static async Task<int> InDoubtAsync(Measured program, CancellationToken cancel)
    {
        var page = await program.Process.Api.GetFromJsonAsync<JsonElement>(new Uri("/api/runs?status=in_doubt&limit=500", UriKind.Relative), cancel);
        return page.GetProperty("items").GetArrayLength();
    }
}

/// <summary>What a kill left.</summary>
internal sealed record CrashResult(string Program, int Accepted, int DoneBefore, int Ended, int InDoubt, int Lost, int RunsWithRepeats, int ContainedTwice, double ReadyAgainSeconds);
