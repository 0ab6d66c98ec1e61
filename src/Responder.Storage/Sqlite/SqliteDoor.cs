using System.Data.Common;
using Responder.Engine.Audit;

namespace Responder.Storage.Sqlite;

/// <summary>SQLite for the small ports: the readers' connections, and the one writer, in whose transactions all stand one after another.</summary>
internal sealed class SqliteDoor(Writer writer, Readers readers) : ISqlDoor
{
    // Microsoft.Data.Sqlite does everything on the caller's thread: its tasks are complete when they are returned.
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel) =>
        await readers.ReadAsync(db => read(db.Connection).GetAwaiter().GetResult(), cancel);

    public Task<T> WriteAsync<T>(string? alone, Func<DbConnection, Task<T>> write, CancellationToken cancel, Func<T, AuditEntry?>? audit = null)
    {
        var op = Op(write, audit);
        writer.Post(op);
        return op.Done.WaitAsync(cancel);
    }

    public void Post(Func<DbConnection, Task<int>> write) => writer.Post(Op(write));

    private static SmallOp<T> Op<T>(Func<DbConnection, Task<T>> write, Func<T, AuditEntry?>? audit = null) =>
        new((db, _) => write(db.Connection).GetAwaiter().GetResult(), audit);
}
