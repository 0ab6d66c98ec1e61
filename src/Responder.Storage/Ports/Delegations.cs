using Dapper;
using Responder.Engine.Approvals;
using Responder.Engine.Audit;

namespace Responder.Storage;

internal sealed class Delegations(ISqlDoor door) : IDelegations
{
    public Task PutAsync(DelegationRow row, CancellationToken cancel) => door.WriteAsync(
        null,
        db => db.ExecuteAsync(
            "INSERT INTO delegations (delegation_id, giver, holder, roles, reason, at, until) VALUES (@Id, @From, @To, @roles, @Reason, @at, @until)",
            new { row.Id, row.From, row.To, roles = string.Join(' ', row.Roles), row.Reason, at = Values.Of(row.At), until = Values.Of(row.Until) }),
        cancel,
        _ => new AuditEntry(AuditKinds.Delegation, row.From, "given", row.To) { Result = string.Join(' ', row.Roles), Reason = $"until {Sdk.Json.Time(row.Until)}: {row.Reason}" });

    public async Task<IReadOnlyList<DelegationRow>> ListAsync(DateTimeOffset now, CancellationToken cancel) =>
        [.. (await door.ReadAsync(
                db => db.QueryAsync<(string Id, string From, string To, string Roles, string Reason, long At, long Until)>(
                    "SELECT delegation_id, giver, holder, roles, reason, at, until FROM delegations WHERE until > @now ORDER BY until, delegation_id", new { now = Values.Of(now) }),
                cancel))
            .Select(row => new DelegationRow(row.Id, row.From, row.To, row.Roles.Split(' '), row.Reason, Values.Time(row.At), Values.Time(row.Until)))];

    public async Task<bool> EndAsync(string id, string by, DateTimeOffset now, CancellationToken cancel) => await door.WriteAsync(
        null,
        db => db.ExecuteAsync("UPDATE delegations SET until = @now WHERE delegation_id = @id AND until > @now", new { id, now = Values.Of(now) }),
        cancel,
        changed => changed == 0 ? null : new AuditEntry(AuditKinds.Delegation, by, "ended", id)) == 1;
}
