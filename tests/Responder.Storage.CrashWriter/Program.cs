using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Storage;

// Writes batches of two events for sixteen runs until it is killed, and says "run seq" for each batch that it was told is on disk.
// Every third batch is an intent with a lock, so that guards and locks are in play too. Beside them
// short runs end, and their journals are moved into the archive.
using var folder = await DataFolder.OpenAsync(args[0], TimeProvider.System, CancellationToken.None);
folder.Announce("http://127.0.0.1:1");
await using var store = await SqliteStore.OpenAsync(folder, new SqliteStoreOptions(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);
var output = Console.Out;
await Task.WhenAll(Enumerable.Range(0, 16).Select(index => WriteAsync($"r{index:00}")).Append(ArchiveAsync()));

async Task WriteAsync(string run)
{
    var stored = await store.Journal.TakeAsync(run, "crash-writer", CancellationToken.None) ?? await AdmitAsync(run);
    var row = new RunRow(RunStatus.Running, null, null, null, null, null, Owned: true);
    for (var seq = stored.LastSeq; ; seq += 2)
    {
        var result = await store.Journal.AppendAsync(new JournalBatch
        {
            RunId = run,
            ExpectedSeq = seq,
            Epoch = stored.Epoch,
            Events = [Event(seq + 1), Event(seq + 2)],
            Row = row,
            Guard = seq % 3 == 0 ? new IntentGuard("falcon", "contain", [new TargetKey("falcon", $"host:{run}")], "steps[0]") : null,
        });
        if (result.Status != AppendStatus.Committed)
        {
            throw new InvalidOperationException($"{run} at {seq}: {result}");
        }

        lock (output)
        {
            output.WriteLine($"{run} {seq + 2}");
            output.Flush();
        }
    }
}

async Task ArchiveAsync()
{
    var start = $"e{Guid.CreateVersion7():N}";
    for (var number = 0; ; number++)
    {
        var stored = await AdmitAsync($"{start}-{number}");
        var now = TimeProvider.System.GetUtcNow();
        await store.Journal.AppendAsync(new JournalBatch
        {
            RunId = stored.RunId, ExpectedSeq = 1, Epoch = stored.Epoch, Events = [Event(2), Event(3)], Row = new RunRow(RunStatus.Succeeded, "done", null, null, now, now, Owned: false),
        });
        lock (output)
        {
            output.WriteLine($"{stored.RunId} 3");
            output.Flush();
        }

        await store.Archive.MoveAsync(now.AddDays(1), null, write: true, CancellationToken.None);
    }
}

async Task<StoredRun> AdmitAsync(string run)
{
    await store.Journal.AdmitAsync(new Admission(null, [new NewRun
    {
        RunId = run,
        Playbook = "contain",
        DefinitionHash = "sha256:00",
        Title = run,
        StartedBy = "test",
        CreatedAt = TimeProvider.System.GetUtcNow(),
        Created = Event(1),
    }]));
    return (await store.Journal.TakeAsync(run, "crash-writer", CancellationToken.None))!;
}

static StoredEvent Event(long seq) =>
    new(seq, TimeProvider.System.GetUtcNow(), "warning_noted", 1, Encoding.UTF8.GetBytes($$"""{"message":"{{seq}} {{new string('x', 300)}}"}"""));
