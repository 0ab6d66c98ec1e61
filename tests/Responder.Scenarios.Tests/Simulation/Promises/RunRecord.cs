using Responder.Engine.Journal;
using Responder.Engine.Runs;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>What was committed of one run: kept beside the store, from the batches themselves, so that the store's own word is not needed to judge it.</summary>
/// <param name="runId">The run.</param>
internal sealed class RunRecord(string runId)
{
    public string RunId => runId;

    public List<JournalEntry> Entries { get; } = [];

    /// <summary>The number of the last event of each batch: a run is taken over there and nowhere else.</summary>
    public HashSet<long> Ends { get; } = [];

    public RunState State { get; private set; } = new();

    /// <summary>The fence as it must be.</summary>
    public long Epoch { get; set; }

    /// <summary>The process that took it last; null where nobody has.</summary>
    public string? Taker { get; set; }

    /// <summary>How its row stands.</summary>
    public RunRow? Row { get; set; }

    public void Add(JournalEntry entry)
    {
        State = Fold.Apply(State, entry);
        Entries.Add(entry);
    }

    /// <summary>The events of one step instance.</summary>
    public IEnumerable<JournalEntry> Of(string path) => Entries.Where(entry => EventPath.Of(entry.Event) == path);
}
