using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;
using Responder.Engine.Audit;

namespace Responder.Storage.Postgres;

/// <summary>PostgreSQL for reads and the small ports, over the pool. What fails in passing is tried again for a while, so that a server that is started anew fails nobody.</summary>
internal sealed class PgDoor(NpgsqlDataSource source, PgAuditDesk desk, TimeProvider time, CancellationToken closing) : ISqlDoor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel) => ReadAsync(read, Patience, cancel);

    /// <summary>Reads what a run needs to go on: for as long as it takes.</summary>
    public Task<T> ReadHoweverLongAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel) => ReadAsync(read, Timeout.InfiniteTimeSpan, cancel);

    public Task<T> WriteAsync<T>(string? alone, Func<DbConnection, Task<T>> write, CancellationToken cancel, Func<T, AuditEntry?>? audit = null) => AgainAsync(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
            if (alone is not null)
            {
                await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended(@alone, 0))", new { alone });
            }

            var result = await write(connection);
            if (audit?.Invoke(result) is { } entry)
            {
                await desk.CommitAsync(connection, transaction, entry);
            }
            else
            {
                await transaction.CommitAsync(CancellationToken.None);
            }

            return result;
        },
        PgFault.IsMeeting,
        Patience,
        cancel);

    public void Post(Func<DbConnection, Task<int>> write) =>
        _ = WriteAsync(null, write, CancellationToken.None).ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, TimeSpan patience, CancellationToken cancel) => AgainAsync(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            return await read(connection);
        },
        PgFault.IsPassing,
        patience,
        cancel);

    private async Task<T> AgainAsync<T>(Func<Task<T>> work, Func<Exception, bool> may, TimeSpan patience, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception failure) when (may(failure) && !closing.IsCancellationRequested && (patience == Timeout.InfiniteTimeSpan || time.GetElapsedTime(begun) < patience))
            {
                await Task.Delay(Pause, time, cancel);
            }
        }
    }
}
