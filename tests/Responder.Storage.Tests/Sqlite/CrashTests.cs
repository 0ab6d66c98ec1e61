using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Storage.Audit;

namespace Responder.Storage.Tests;

/// <summary>A process that writes for many runs is killed (SIGKILL), again and again, and goes on from what is there.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly string _path = TempFolder.Make();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_said_to_be_on_disk_is_there_whole_after_a_kill()
    {
        for (var round = 1; round <= 3; round++)
        {
            var acknowledged = await WriteUntilKilledAsync(lines: 150 * round);

            Assert.Null(DataFolder.HolderOf(_path));
            using var folder = await DataFolder.OpenAsync(_path, TimeProvider.System, Cancel);
            await using var store = await SqliteStore.OpenAsync(folder, new SqliteStoreOptions(), TimeProvider.System, NullLogger.Instance, Cancel);
            foreach (var (run, seq) in acknowledged)
            {
                var stored = (await store.Journal.ReadAsync(run, 0, Cancel))!;
                Assert.True(stored.LastSeq >= seq, $"{run}: {seq} was acknowledged, {stored.LastSeq} is there");
                Assert.Equal(Enumerable.Range(1, (int)stored.LastSeq).Select(number => (long)number), stored.Events.Select(entry => entry.Seq));
                Assert.True(stored.LastSeq % 2 == 1, $"{run}: half a batch is there, up to {stored.LastSeq}");
            }

            var verdict = await AuditVerifier.OfFileAsync(folder.File("responder.db"), [await AuditKey.OpenAsync(folder, Cancel)], [], Cancel);
            Assert.True(verdict.Ok, string.Join('\n', verdict.Problems));
            Assert.True((await store.Upkeep.SizeAsync(Cancel)).Archive.Runs > 0);
        }
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private async Task<Dictionary<string, long>> WriteUntilKilledAsync(int lines)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host).StartsWith("dotnet", StringComparison.Ordinal) ? host : "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Responder.Storage.CrashWriter.dll"), _path },
            RedirectStandardOutput = true,
        })!;
        try
        {
            Dictionary<string, long> acknowledged = [];
            var refused = false;
            for (var line = 0; await child.StandardOutput.ReadLineAsync(Cancel) is { } text; line++)
            {
                var parts = text.Split(' ');
                acknowledged[parts[0]] = long.Parse(parts[1], CultureInfo.InvariantCulture);
                if (line == lines / 2)
                {
                    var failure = await Assert.ThrowsAsync<DataFolderInUseException>(() => DataFolder.OpenAsync(_path, TimeProvider.System, Cancel));
                    Assert.Equal((child.Id, "http://127.0.0.1:1"), (failure.Holder!.Pid, failure.Holder.Address));
                    refused = true;
                }

                if (line == lines)
                {
                    child.Kill(); // SIGKILL; what it said before its end is still read.
                }
            }

            Assert.True(refused, "The writer ended by itself.");
            Assert.Equal(16, acknowledged.Keys.Count(run => run[0] == 'r'));
            return acknowledged;
        }
        finally
        {
            if (!child.HasExited)
            {
                child.Kill();
            }

            await child.WaitForExitAsync(CancellationToken.None);
        }
    }
}
