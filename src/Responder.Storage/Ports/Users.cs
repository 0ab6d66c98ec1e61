using System.Data.Common;
using Dapper;
using Responder.Engine.Access;
using Responder.Engine.Audit;

namespace Responder.Storage;

internal sealed class Users(ISqlDoor door) : IUsers
{
    private const string Select = """
        SELECT name AS Name, roles AS Roles, stamp AS Stamp, created_by AS CreatedBy, created_at AS CreatedAt, password_hash AS PasswordHash, invite_hash AS InviteHash,
          invite_until AS InviteUntil, last_sign_in_at AS LastSignInAt, disabled_at AS DisabledAt, failures AS Failures, locked_until AS LockedUntil,
          code_secret AS CodeSecret, code_step AS CodeStep
        FROM users
        """;

    public async Task<bool> AddAsync(UserRow user, CancellationToken cancel) => await door.WriteAsync(
        null,
        db => db.ExecuteAsync(
            """
            INSERT INTO users (name, roles, stamp, created_by, created_at, password_hash, invite_hash, invite_until, last_sign_in_at, disabled_at, failures, locked_until, code_secret, code_step)
            VALUES (@Name, @Roles, @Stamp, @CreatedBy, @CreatedAt, @PasswordHash, @InviteHash, @InviteUntil, @LastSignInAt, @DisabledAt, @Failures, @LockedUntil, @CodeSecret, @CodeStep)
            ON CONFLICT DO NOTHING
            """,
            UserRecord.Of(user)),
        cancel,
        added => added == 0 ? null : new AuditEntry(AuditKinds.User, user.CreatedBy, "invited", user.Name) { Result = string.Join(' ', user.Roles) }) == 1;

    public Task<UserRow?> FindAsync(string name, CancellationToken cancel) => door.ReadAsync(db => OneAsync(db, name), cancel);

    public async Task<UserRow?> InvitedAsync(string inviteHash, CancellationToken cancel) =>
        (await door.ReadAsync(db => db.QuerySingleOrDefaultAsync<UserRecord>(Select + " WHERE invite_hash = @inviteHash", new { inviteHash }), cancel))?.ToRow();

    public async Task<IReadOnlyList<UserRow>> ListAsync(CancellationToken cancel) =>
        [.. (await door.ReadAsync(db => db.QueryAsync<UserRecord>(Select + " ORDER BY name"), cancel)).Select(record => record.ToRow())];

    public Task<UserRow?> ChangeAsync(string name, Func<UserRow, UserRow> change, Func<UserRow, AuditEntry> audit, CancellationToken cancel) => door.WriteAsync(
        Alone.User(name),
        async db =>
        {
            if (await OneAsync(db, name) is not { } before)
            {
                return null;
            }

            var after = change(before);
            await db.ExecuteAsync(
                """
                UPDATE users SET roles = @Roles, stamp = @Stamp, password_hash = @PasswordHash, invite_hash = @InviteHash, invite_until = @InviteUntil,
                  last_sign_in_at = @LastSignInAt, disabled_at = @DisabledAt, failures = @Failures, locked_until = @LockedUntil,
                  code_secret = @CodeSecret, code_step = @CodeStep WHERE name = @Name
                """,
                UserRecord.Of(after with { Name = before.Name }));
            return after;
        },
        cancel,
        after => after is null ? null : audit(after));

    private static async Task<UserRow?> OneAsync(DbConnection db, string name) =>
        (await db.QuerySingleOrDefaultAsync<UserRecord>(Select + " WHERE name = @name", new { name }))?.ToRow();
}
