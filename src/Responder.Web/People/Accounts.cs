using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Responder.Engine.Access;
using Responder.Engine.Audit;
using Responder.Web.Access;

namespace Responder.Web.People;

/// <summary>Local accounts: people are invited by a link that is good once, choose a password, and sign in with it.</summary>
/// <param name="users">The accounts.</param>
/// <param name="audit">Where sign-ins are noted.</param>
/// <param name="time">The clock.</param>
/// <param name="codes">Looks at one-time codes; where it is null, nobody who has them can sign in.</param>
public sealed class Accounts(IUsers users, IAuditLog audit, TimeProvider time, OneTimeCodes? codes = null)
{
    /// <summary>The shortest password.</summary>
    public const int Shortest = 12;

    private const int Longest = 256;
    private const int Free = 5;
    private static readonly TimeSpan LongestLock = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan InviteLasts = TimeSpan.FromDays(3);

    // OWASP's number for PBKDF2 with HMAC-SHA512 (cheat sheet "Password Storage", 2023).
    private static readonly PasswordHasher<UserRow> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    // To hash takes a processor for a tenth of a second: guesses of strangers must not take them all.
    private static readonly SemaphoreSlim Hashing = new(2);

    private readonly Lazy<string> _nobodys = new(() => Hasher.HashPassword(null!, NewText()));

    /// <summary>Signs somebody in; null where the name or the password is wrong, the code is wrong or was used, or the account is locked or disabled: which of them, nobody outside is told.</summary>
    /// <param name="name">The name.</param>
    /// <param name="password">The password.</param>
    /// <param name="code">The one-time code; not looked at where the account has none.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<UserRow?> SignInAsync(string name, string password, string? code, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);
        var now = time.GetUtcNow();
        var user = await users.FindAsync(Normal(name), cancel);
        var open = user is { PasswordHash: not null, DisabledAt: null } && !(user.LockedUntil > now);
        var right = await IsRightAsync(user, open ? user!.PasswordHash! : _nobodys.Value, password, cancel);
        if (user is null || !open)
        {
            var tried = Normal(name);
            await audit.WriteAsync(new AuditEntry(AuditKinds.SignIn, "nobody", "refused", tried.Length > 64 ? tried[..64] : tried)
            {
                Result = "password", Reason = user is null ? "there is no such account" : user.DisabledAt is not null ? "the account is disabled" : user.PasswordHash is null ? "no password is set yet" : "the account is locked",
            }, cancel);
            return null;
        }

        var step = user.CodeSecret is null ? null : codes?.Step(user, code);
        right &= user.CodeSecret is null || step is not null;

        // What holds is what is stored by then: two guesses at once are counted as two.
        var after = await users.ChangeAsync(user.Name, one => right && !(one.LockedUntil > now) && one.CodeSecret == user.CodeSecret && !(step is not null && one.CodeStep >= step)
            ? one with { Failures = 0, LockedUntil = null, LastSignInAt = now, CodeStep = step ?? one.CodeStep }
            : one with { Failures = one.Failures + 1, LockedUntil = LockAfter(one.Failures + 1, now) ?? one.LockedUntil },
            one => new AuditEntry(AuditKinds.SignIn, Who(one), one.Failures == 0 ? "signed_in" : "refused", one.Name)
            {
                Result = user.CodeSecret is null ? "password" : "password and code",
                Reason = one.Failures == 0 ? null : one.LockedUntil > now ? $"{one.Failures} times in a row; locked until {Sdk.Json.Time(one.LockedUntil.Value)}" : $"{one.Failures} times in a row",
            },
            cancel);
        return right && after is { Failures: 0, DisabledAt: null } ? after : null;
    }

    /// <summary>Invites somebody, or gives somebody who is here a new link; what they had, password, one-time codes and sessions, is over then.</summary>
    /// <param name="name">The name.</param>
    /// <param name="roles">The roles; as they are where null.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <param name="lasts">How long the link is good; three days where null.</param>
    public async Task<Invitation> InviteAsync(string name, IReadOnlyList<string>? roles, string by, CancellationToken cancel, TimeSpan? lasts = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var normal = Normal(name);
        if (normal.Length is 0 or > 64 || !normal.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' or '_' or '@'))
        {
            return new Invitation(null, null, "A name has 1 to 64 letters, digits, '.', '-', '_' or '@'.");
        }

        if (roles?.FirstOrDefault(role => !Roles.All.Contains(role)) is { } unknown)
        {
            return new Invitation(null, null, $"'{unknown}' is no role; there are {string.Join(", ", Roles.All)}.");
        }

        var text = NewText();
        var until = time.GetUtcNow() + (lasts ?? InviteLasts);
        var changed = await users.ChangeAsync(normal, one => one with
        {
            Roles = roles ?? one.Roles, PasswordHash = null, Stamp = NewText(), InviteHash = ApiKeyHash.Of(text), InviteUntil = until, DisabledAt = null, Failures = 0, LockedUntil = null,
            CodeSecret = null, CodeStep = null,
        }, one => new AuditEntry(AuditKinds.User, by, "reset", one.Name) { Result = string.Join(' ', one.Roles) }, cancel);
        if (changed is not null)
        {
            return new Invitation(changed, text, null);
        }

        if (roles is not { Count: > 0 })
        {
            return new Invitation(null, null, $"There is no account '{normal}'; to invite somebody, say their roles.");
        }

        var made = new UserRow(normal, roles, NewText(), by, time.GetUtcNow()) { InviteHash = ApiKeyHash.Of(text), InviteUntil = until };
        return await users.AddAsync(made, cancel) ? new Invitation(made, text, null) : new Invitation(null, null, $"The account '{normal}' was made just now by somebody else.");
    }

    /// <summary>Takes an invitation: sets the password.</summary>
    /// <param name="text">The invitation's text.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <returns>The account, or why not.</returns>
    public async Task<(UserRow? User, string? Problem)> AcceptAsync(string text, string password, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(password);
        var now = time.GetUtcNow();
        var hash = ApiKeyHash.Of(text);
        if (await users.InvitedAsync(hash, cancel) is not { DisabledAt: null } invited || invited.InviteUntil < now)
        {
            return (null, "This link is not good any more. Ask whoever keeps Responder for a new one: responder users reset NAME.");
        }

        if (password.Length is < Shortest or > Longest || password.Contains(invited.Name, StringComparison.OrdinalIgnoreCase))
        {
            return (null, $"A password has {Shortest} to {Longest} characters, and your name is not in it. A sentence is a good one.");
        }

        var hashed = await HashAsync(invited, password, cancel);
        var user = await users.ChangeAsync(invited.Name, one => one.InviteHash == hash
            ? one with { PasswordHash = hashed, InviteHash = null, InviteUntil = null, Stamp = NewText(), LastSignInAt = now, Failures = 0, LockedUntil = null }
            : one,
            one => new AuditEntry(AuditKinds.SignIn, Who(one), one.PasswordHash == hashed ? "signed_in" : "refused", one.Name) { Result = "invitation" },
            cancel);
        return user?.PasswordHash == hashed ? (user, null) : (null, "This link was used just now.");
    }

    /// <summary>Disables an account, and ends its sessions; false where there is none.</summary>
    /// <param name="name">The account.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<bool> DisableAsync(string name, string by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(name);
        return await users.ChangeAsync(Normal(name), one => one with { DisabledAt = time.GetUtcNow(), Stamp = NewText(), InviteHash = null, InviteUntil = null },
            one => new AuditEntry(AuditKinds.User, by, "disabled", one.Name),
            cancel) is not null;
    }

    /// <summary><c>active</c>, <c>invited</c> or <c>disabled</c>.</summary>
    public static string StatusOf(UserRow user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.DisabledAt is not null ? "disabled" : user.PasswordHash is null ? "invited" : "active";
    }

    /// <summary>Until when an account is locked after so many wrong tries in a row; null where it is not.</summary>
    internal static DateTimeOffset? LockAfter(int failures, DateTimeOffset now) => failures < Free
        ? null
        : now + TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Math.Min(failures - Free, 10)), LongestLock.TotalMinutes));

    private static async Task<bool> IsRightAsync(UserRow? user, string hash, string password, CancellationToken cancel)
    {
        await Hashing.WaitAsync(cancel);
        try
        {
            return password.Length <= Longest && Hasher.VerifyHashedPassword(user!, hash, password) != PasswordVerificationResult.Failed;
        }
        finally
        {
            Hashing.Release();
        }
    }

    private static async Task<string> HashAsync(UserRow user, string password, CancellationToken cancel)
    {
        await Hashing.WaitAsync(cancel);
        try
        {
            return Hasher.HashPassword(user, password);
        }
        finally
        {
            Hashing.Release();
        }
    }

    private static string Who(UserRow user) => $"user:{user.Name}";

    private static string Normal(string name) => name.Trim().ToLowerInvariant();

    private static string NewText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}

/// <summary>An invitation that was made, or why none was.</summary>
/// <param name="User">Whose.</param>
/// <param name="Text">What the link bears behind <c>#</c>; it is kept nowhere.</param>
/// <param name="Problem">Why there is none.</param>
public sealed record Invitation(UserRow? User, string? Text, string? Problem)
{
    /// <summary>The link's path. What stands behind <c>#</c> is sent to no server, and so is in no log.</summary>
    public string Path => $"/welcome#{Text}";
}
