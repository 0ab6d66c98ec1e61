using Responder.Engine.Audit;
using Responder.Engine.Journal;

namespace Responder.Storage.Audit;

/// <summary>The audit over the database.</summary>
/// <param name="door">The database.</param>
/// <param name="own">The chains of this start.</param>
/// <param name="seal">Sees to it that the newest link leaves nothing open.</param>
internal sealed class AuditLog(ISqlDoor door, IReadOnlyList<string> own, Func<Task> seal) : IAuditLog
{
    public Task WriteAsync(AuditEntry entry, CancellationToken cancel) => door.WriteAsync(null, _ => Task.FromResult(0), cancel, _ => entry);

    public Task<Page<AuditRecord>> ListAsync(AuditFilter filter, CancellationToken cancel) => door.ReadAsync(db => new AuditList(db, filter).ReadAsync(), cancel);

    public async Task<IReadOnlyList<AuditHead>> HeadsAsync(bool all, CancellationToken cancel)
    {
        await seal().WaitAsync(cancel);
        return await door.ReadAsync<IReadOnlyList<AuditHead>>(
            async db =>
            {
                List<AuditHead> heads = [];
                foreach (var writer in all ? await AuditRows.WritersAsync(db) : own)
                {
                    if (await AuditRows.HeadAsync(db, writer) is { } head)
                    {
                        heads.Add(new AuditHead(head.Writer, head.N, head.Mac, Values.Time(head.At)));
                    }
                }

                return heads;
            },
            cancel);
    }
}
