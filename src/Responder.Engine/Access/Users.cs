using Responder.Engine.Audit;

namespace Responder.Engine.Access;

/// <summary>The local accounts of people. A password is never stored, only its hash.</summary>
public interface IUsers
{
    /// <summary>Keeps a new account; false where the name is taken. Completes after the commit.</summary>
    /// <param name="user">The account.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<bool> AddAsync(UserRow user, CancellationToken cancel);

    /// <summary>The account of a name; null where there is none.</summary>
    Task<UserRow?> FindAsync(string name, CancellationToken cancel);

    /// <summary>The account that an invitation is for; null where there is none.</summary>
    /// <param name="inviteHash"><see cref="ApiKeyHash.Of"/> of the invitation's text.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<UserRow?> InvitedAsync(string inviteHash, CancellationToken cancel);

    /// <summary>All accounts, by name.</summary>
    Task<IReadOnlyList<UserRow>> ListAsync(CancellationToken cancel);

    /// <summary>Changes an account in one transaction, so that two changes at once are both kept; null where there is none. Completes after the commit.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="change">From what is stored to what is to be; it may be called again.</param>
    /// <param name="audit">What the audit says of it, by what was stored.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<UserRow?> ChangeAsync(string name, Func<UserRow, UserRow> change, Func<UserRow, AuditEntry> audit, CancellationToken cancel);
}

/// <summary>A person's account.</summary>
/// <param name="Name">The name that they sign in with, in small letters.</param>
/// <param name="Roles">Their roles.</param>
/// <param name="Stamp">A random text; sessions that bear another one are over.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
public sealed record UserRow(string Name, IReadOnlyList<string> Roles, string Stamp, string CreatedBy, DateTimeOffset CreatedAt)
{
    /// <summary>The password's hash; null until the invitation is taken.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Hash of the invitation's text; null where none is open.</summary>
    public string? InviteHash { get; init; }

    /// <summary>Until when the invitation is good.</summary>
    public DateTimeOffset? InviteUntil { get; init; }

    /// <summary>When they last signed in.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>When it was disabled; null where it is in force.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Wrong passwords in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Until when no password is looked at.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The secret of their one-time codes, encrypted by whoever made it; null where a password is enough.</summary>
    public string? CodeSecret { get; init; }

    /// <summary>The time step of the last code that was taken: none is taken twice.</summary>
    public long? CodeStep { get; init; }
}
