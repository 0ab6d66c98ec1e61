using Dapper;
using Responder.Engine.Audit;
using Responder.Engine.Journal;

namespace Responder.Storage;

internal sealed class KillSwitch(ISqlDoor door) : IKillSwitch
{
    public async Task<IReadOnlyList<KillSwitchRow>> ReadAsync(CancellationToken cancel) =>
        [.. (await door.ReadAsync(db => db.QueryAsync<KillSwitchRecord>(
                "SELECT scope AS Scope, name AS Name, by AS ThrownBy, reason AS Reason, at AS At FROM kill_switch ORDER BY scope, name"), cancel))
            .Select(record => record.ToRow())];

    public Task SetAsync(KillSwitchRow row, bool on, CancellationToken cancel) =>
        row.Scope is "all" or "connector" or "playbook"
            ? door.WriteAsync(
                Alone.KillSwitch,
                db => db.ExecuteAsync(
                    on
                        ? """
                          INSERT INTO kill_switch (scope, name, by, reason, at) VALUES (@Scope, @Name, @By, @Reason, @at)
                          ON CONFLICT (scope, name) DO UPDATE SET by = excluded.by, reason = excluded.reason, at = excluded.at
                          """
                        : "DELETE FROM kill_switch WHERE scope = @Scope AND name = @Name",
                    new { row.Scope, row.Name, row.By, row.Reason, at = Values.Of(row.At) }),
                cancel,
                changed => changed == 0 ? null : new AuditEntry(AuditKinds.KillSwitch, row.By, on ? "thrown" : "lifted", row.Name.Length == 0 ? row.Scope : $"{row.Scope} {row.Name}") { Reason = row.Reason })
            : throw new ArgumentException($"A kill switch is for all, a connector or a playbook, not for '{row.Scope}'.", nameof(row));
}
