using System.CommandLine;
using System.Diagnostics;
using Responder.Bench.Harness;

namespace Responder.Bench.Runs;

/// <summary><c>cluster</c>: several nodes on one PostgreSQL with default settings, one of them killed under load: how long until its runs go on elsewhere.</summary>
internal static class ClusterBench
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Command Make()
    {
        var nodes = new Option<int>("--nodes") { Description = "Nodes.", DefaultValueFactory = _ => 3 };
        var runs = new Option<int>("--runs") { Description = "Runs in flight on each node at the SIGKILL.", DefaultValueFactory = _ => 60 };
        var repeat = new Option<int>("--repeat") { Description = "Clusters, one after another; each is told.", DefaultValueFactory = _ => 3 };
        var program = new Option<string?>("--program") { Description = "responder.dll of a publish; the build beside this program where it is not given." };
        var output = Results.Output();
        var command = new Command("cluster", "A node of several is killed: seconds until its runs go on elsewhere, and what of them was lost or repeated.") { nodes, runs, repeat, program, output };
        command.SetAction(async (parse, cancel) =>
        {
            List<Failover> rows = [];
            for (var round = 0; round < parse.GetValue(repeat); round++)
            {
                await using var database = await Database.OpenAsync();
                rows.Add(await KillOneAsync(parse.GetValue(program), database.ConnectionString, parse.GetValue(nodes), parse.GetValue(runs), cancel));
            }

            Results.Print(parse.GetValue(output)!, "one node killed", rows);
            return rows.Any(row => row.Lost > 0) ? 1 : 0;
        });
        return command;
    }

    private static async Task<Failover> KillOneAsync(string? program, string database, int count, int runs, CancellationToken cancel)
    {
        await using var stub = await Stub.StartAsync(cancel);
        List<MeasuredResponder> nodes = [];
        try
        {
            for (var number = 0; number < count; number++)
            {
                nodes.Add(await MeasuredResponder.StartAsync(program, database, stub.Address, "repeat", counted: false, cancel));
                nodes[number].Process.Key = nodes[0].Process.Key;
            }

            // Each call takes as long as a product's: some seconds a run, so that all of them are in the middle.
            stub.Delay = TimeSpan.FromMilliseconds(700);
            var ids = nodes.Select((_, node) => Enumerable.Range(0, runs).Select(number => $"n{node}-{number}").ToList()).ToList();
            await Task.WhenAll(nodes.SelectMany((node, index) => ids[index].Select(id => node.PostAsync(id, cancel))));
            await Task.Delay(2000, cancel);
            var killed = nodes[^1];
            await killed.Process.KillAsync();
            var at = Stopwatch.GetTimestamp();
            var open = ids[^1].Select(stub.Of).Where(run => !run.Done.IsCompleted).ToList();
            await Task.WhenAny(Task.WhenAll(ids.SelectMany(one => one).Select(id => stub.Of(id).Done)), Task.Delay(Patience, cancel));

            var proceeded = open.Select(run => run.NextAfter(at)).OfType<long>().Select(next => Stopwatch.GetElapsedTime(at, next).TotalSeconds).Order().ToList();
            var all = ids.SelectMany(one => one).Select(stub.Of).ToList();
            return new Failover(
                count, open.Count, Math.Round(proceeded.FirstOrDefault(), 1), Math.Round(proceeded.ElementAtOrDefault(proceeded.Count / 2), 1), Math.Round(proceeded.LastOrDefault(), 1),
                Math.Round(Stopwatch.GetElapsedTime(at, all.Max(run => run.Last)).TotalSeconds, 1), all.Count(run => !run.Done.IsCompleted), all.Count(run => run.Repeats > 0),
                Math.Round(nodes.Max(node => node.Process.ReadySeconds), 2));
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    private sealed record Failover(
        int Nodes, int OpenAtTheKill, double FirstGoesOnSeconds, double HalfSeconds, double LastGoesOnSeconds, double AllDoneSeconds, int Lost, int RunsWithRepeats, double SlowestStartSeconds);
}
