using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Simulation;

namespace Responder.Scenarios.Tests.Journals;

/// <summary>Journals of earlier versions are read, and fold to what they folded to then. They are never written anew: a new version gets a folder of its own.</summary>
public sealed class StoredJournalTests
{
    /// <summary>What the stored journals need not hold: it comes of faults that a simulation has no part in.</summary>
    private static readonly string[] NotStored = ["run_in_doubt", "step_progress", "inputs_listed", "policy_refused"];

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(StoredJournal.Folder, "*.jsonl").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Folds_to_what_it_folded_to(string file)
    {
        var (events, folded) = StoredJournal.Read(file);

        var state = Fold.All(events.Select(JournalCodec.Read));

        Assert.Equal(folded, StoredJournal.Folded(state));
    }

    [Fact]
    public void Every_type_of_event_is_in_one_of_them()
    {
        Assert.Empty(JournalCodec.Types.Except(Stored()).Except(NotStored));
    }

    /// <summary>With RESPONDER_WRITE_JOURNALS=1: the journals of a few worlds, each for the sake of types of events that no stored one has.</summary>
    [Fact]
    public void They_are_written_by_the_simulation()
    {
        var writes = Environment.GetEnvironmentVariable("RESPONDER_WRITE_JOURNALS") is not null;
        var missing = JournalCodec.Types.ToHashSet();
        var written = 0;
        if (writes)
        {
            missing.ExceptWith(Stored().Concat(NotStored));
            written = Files.Count;
        }

        for (var seed = 1UL; seed <= (writes ? 400UL : 3UL) && missing.Count > 0; seed++)
        {
            foreach (var run in SimulationRun.Of(Scenario.Of(seed)).Runs)
            {
                var types = run.Entries.Select(entry => JournalCodec.NameOf(entry.Event)).ToHashSet();
                if (types.Overlaps(missing))
                {
                    missing.ExceptWith(types);
                    written++;
                    if (writes)
                    {
                        StoredJournal.Write($"{written:D2}-seed-{seed}.jsonl", run.Entries, run.State);
                    }
                }
            }
        }

        Assert.True(written > 0);
    }

    private static HashSet<string> Stored() => Files.SelectMany(file => StoredJournal.Read(file.Data).Events).Select(one => one.Type).ToHashSet();
}
