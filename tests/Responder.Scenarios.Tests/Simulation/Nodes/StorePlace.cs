using Microsoft.Extensions.Logging.Abstractions;
using Responder.Storage;

namespace Responder.Scenarios.Tests.Simulation.Nodes;

/// <summary>An empty store on SQLite, in a folder that is thrown away. The schema is made once and copied.</summary>
internal sealed class StorePlace : IDisposable
{
    private static readonly Lazy<byte[]> Empty = new(MakeEmpty);

    private readonly string _path;
    private readonly DataFolder _folder;

    private StorePlace(string path, DataFolder folder, SqliteStore store) => (_path, _folder, Store) = (path, folder, store);

    public SqliteStore Store { get; }

    public static StorePlace Take()
    {
        var path = Directory.CreateTempSubdirectory("responder-sim-").FullName;
        File.WriteAllBytes(Path.Combine(path, "responder.db"), Empty.Value);
        return Open(path);
    }

    public void Dispose()
    {
        Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    private static StorePlace Open(string path)
    {
        var folder = DataFolder.OpenAsync(path, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        var options = new SqliteStoreOptions { Simulated = true, Readers = 1 };
        return new StorePlace(path, folder, SqliteStore.OpenAsync(folder, options, TimeProvider.System, NullLogger.Instance, CancellationToken.None).GetAwaiter().GetResult());
    }

    private static byte[] MakeEmpty()
    {
        var path = Directory.CreateTempSubdirectory("responder-sim-").FullName;
        var place = Open(path);
        place.Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        var bytes = File.ReadAllBytes(Path.Combine(path, "responder.db"));
        place._folder.Dispose();
        Directory.Delete(path, recursive: true);
        return bytes;
    }
}
