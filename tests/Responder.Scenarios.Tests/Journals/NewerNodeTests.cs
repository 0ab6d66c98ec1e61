using System.Text;
using System.Text.Json;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Simulation;
using Responder.Scenarios.Tests.Simulation.Mutants;
using Responder.Scenarios.Tests.Simulation.Nodes;
using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Journals;

/// <summary>Two versions side by side: a node that meets an event which it does not know leaves the run, so that a newer node finds it.</summary>
public sealed class NewerNodeTests
{
    [Fact]
    public async Task A_run_that_a_newer_node_wrote_is_given_back_and_left_alone()
    {
        using var place = StorePlace.Take();
        var world = new World(new Scenario { Seed = 1, Alerts = 0, Deaths = 0, Stalls = 0 }, place.Store, Mutant.None);
        world.Cluster.Start();
        var older = world.Cluster.Up.Single();
        WrittenByANewerNode(world);

        var told = Finish(world, older, () => older.Host.SignalAsync("r1", new CancelRun("lead", null)));
        var again = Finish(world, older, () => older.Host.SignalAsync("r1", new CancelRun("lead", null)));

        Assert.Contains("newer node", told.Message, StringComparison.Ordinal);
        Assert.Equal(SignalStatus.Conflict, again.Status);
        Assert.Contains("r1", await place.Store.Queries.DueAsync(world.Agenda.Now.AddSeconds(1), ["newer", older.Process.Owner], 10, CancellationToken.None));

        // The second time it did not even take it: the newer node's epoch would be gone.
        Assert.Equal(2, (await place.Store.Journal.ReadAsync("r1", 0, CancellationToken.None))!.Epoch);
    }

    [Fact]
    public void Runs_that_are_left_to_newer_nodes_are_not_woken_again_and_take_no_place_of_others()
    {
        using var place = StorePlace.Take();
        var world = new World(new Scenario { Seed = 1, Alerts = 0, Deaths = 0, Stalls = 0 }, place.Store, Mutant.None);
        world.Cluster.Start();
        var older = world.Cluster.Up.Single();
        foreach (var number in Enumerable.Range(0, 70))
        {
            WrittenByANewerNode(world, $"r{number:00}");
        }

        // More than one sweep takes on at once: the first ones must not come again and again.
        for (var sweep = 0; sweep < 10 && older.Host.LeftNow.Count < 70; sweep++)
        {
            Finish(world, older, () => older.Sweeper.OnceAsync(CancellationToken.None));

            // One that another sweep woke may still be on its way back.
            foreach (var number in Enumerable.Range(0, 70))
            {
                Finish(world, older, async () =>
                {
                    await older.Host.WhenAwayAsync($"r{number:00}");
                    return number;
                });
            }
        }

        Assert.Equal(70, older.Host.LeftNow.Count);
        Assert.Equal(0, Finish(world, older, () => older.Sweeper.OnceAsync(CancellationToken.None)));
        Assert.True(older.Sweeper.HasRecovered);
    }

    [Fact]
    public async Task A_start_wakes_all_that_was_left_behind_without_a_pause_between()
    {
        using var place = StorePlace.Take();
        var world = new World(new Scenario { Seed = 1, Alerts = 0, Deaths = 0, Stalls = 0 }, place.Store, Mutant.None);
        world.Cluster.Start();
        var node = world.Cluster.Up.Single();
        foreach (var number in Enumerable.Range(0, 200))
        {
            WrittenByANewerNode(world, $"r{number:000}");
        }

        // No time passes here: what a pause would keep back would not be woken.
        var woken = new Woken();
        using var end = new CancellationTokenSource();
        var sweeps = new Sweeper(node.Services, place.Store.Queries, woken) { LeftToNewer = () => woken.Runs };
        var sweeping = sweeps.RunAsync(end.Token);

        Assert.True(sweeps.HasRecovered);
        Assert.Equal(200, woken.Runs.Count);
        await end.CancelAsync();
        await sweeping;
    }

    private sealed class Woken : IRunHost
    {
        public List<string> Runs { get; } = [];

        public Task WakeAsync(string runId)
        {
            Runs.Add(runId);
            return Task.CompletedTask;
        }

        public Task<SignalResult> SignalAsync(string runId, RunSignal signal) => throw new NotSupportedException("It is only woken.");
    }

    private static void WrittenByANewerNode(World world, string run = "r1")
    {
        var now = world.Agenda.Now;
        var empty = JsonSerializer.SerializeToElement(new { });
        var created = new RunCreated("main1", "Main", world.Library.Plans[0].Hash, null, null, empty, empty, "alert", AutoAnswer.Ask, "configured", null, null);
        world.Store.Journal.AdmitAsync(new Admission(null, [new NewRun
        {
            RunId = run, Playbook = "main1", DefinitionHash = created.DefinitionHash, Title = "Main", StartedBy = "alert", CreatedAt = now, Owner = "newer",
            Created = JournalCodec.Write(new JournalEntry(1, now, created)),
        }])).GetAwaiter().GetResult();
        var future = world.Store.Journal.AppendAsync(new JournalBatch
        {
            RunId = run, ExpectedSeq = 1, Epoch = 1, Events = [new StoredEvent(2, now, "run_dreamt", 2, Encoding.UTF8.GetBytes("{}"))],
            Row = new RunRow(Engine.RunStatus.Running, null, null, null, now, null, Owned: true),
        }).GetAwaiter().GetResult();
        Assert.Equal(AppendStatus.Committed, future.Status);
    }

    private static T Finish<T>(World world, Node node, Func<Task<T>> tell)
    {
        Task<T> told = null!;
        node.Process.Do(() => told = tell());
        var dice = new Dice(1);
        for (var step = 0; !told.IsCompleted && step < 1000; step++)
        {
            if (node.Process.CanStep)
            {
                node.Process.Step(dice);
            }
            else
            {
                world.Agenda.Step();
            }
        }

        return told.IsCompletedSuccessfully ? told.Result : throw new InvalidOperationException("Nothing came back.");
    }
}
