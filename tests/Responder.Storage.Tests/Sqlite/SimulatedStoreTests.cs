using System.Text;

namespace Responder.Storage.Tests;

/// <summary>The store of runs in simulated time: the same store, done before a call returns.</summary>
public sealed class SimulatedRunJournalTests : RunJournalContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync(new SqliteStoreOptions { Simulated = true });

    [Fact]
    public void Every_call_is_done_when_it_returns()
    {
        var admitted = Store.Journal.AdmitAsync(new Engine.Journal.Admission(null, [Make.Run("r1")]));
        var appended = Store.Journal.AppendAsync(Make.Batch("r1", 1, 1));
        var kept = Store.Artifacts.PutAsync("sha256:1", "r1", "steps[0]", "a.txt", "text/plain", Encoding.UTF8.GetBytes("a"), Cancel);
        var read = Store.Artifacts.GetAsync("r1", "sha256:1", Cancel);

        Assert.All(new Task[] { admitted, appended, kept, read }, task => Assert.True(task.IsCompletedSuccessfully));
    }
}

public sealed class SimulatedSweepTests : SweepContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync(new SqliteStoreOptions { Simulated = true });
}
