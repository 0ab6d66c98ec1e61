using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using Responder.Engine.Access;
using Responder.Engine.Audit;

namespace Responder.Web.People;

/// <summary>One-time codes by time (RFC 6238: SHA-1, 30 seconds, six digits, what every app for them knows), for local accounts whose holders want them. The secret is kept encrypted with the keys of sessions.</summary>
/// <param name="users">The accounts.</param>
/// <param name="protector">Encrypts secrets; made when it is first needed.</param>
/// <param name="time">The clock.</param>
public sealed class OneTimeCodes(IUsers users, Lazy<IDataProtector> protector, TimeProvider time)
{
    // A clock may be half a minute off either way.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>A new secret, in Base32; it is kept nowhere until it is confirmed.</summary>
    public static string NewSecret() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(20));

    /// <summary>What an app reads from the picture.</summary>
    /// <param name="name">The account.</param>
    /// <param name="secret">The secret, in Base32.</param>
    public static string Address(string name, string secret) => new OtpUri(OtpType.Totp, secret, name, "Responder").ToString();

    /// <summary>Asks for codes from now on, where this one is right: so nobody is shut out by an app that did not take the secret.</summary>
    /// <param name="name">The account.</param>
    /// <param name="secret">The secret, in Base32.</param>
    /// <param name="code">The code that the app shows.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<bool> SetAsync(string name, string secret, string code, CancellationToken cancel)
    {
        if (Step(Base32Encoding.ToBytes(secret), code) is not { } step)
        {
            return false;
        }

        var hidden = protector.Value.Protect(secret);
        return (await users.ChangeAsync(name, one => one.CodeSecret is null ? one with { CodeSecret = hidden, CodeStep = step } : one,
            one => new AuditEntry(AuditKinds.User, $"user:{name}", one.CodeSecret == hidden ? "codes_set" : "codes_kept", one.Name), cancel))?.CodeSecret == hidden;
    }

    /// <summary>Asks for no codes any more, where this one is right. Wrong ones lock the account as wrong passwords do: whoever sits at somebody's open page may not guess.</summary>
    /// <param name="name">The account.</param>
    /// <param name="code">The code that the app shows.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<bool> RemoveAsync(string name, string code, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (await users.FindAsync(name, cancel) is not { CodeSecret: { } secret } user || user.LockedUntil > now)
        {
            return false;
        }

        if (Step(user, code) is not { } step)
        {
            await users.ChangeAsync(name, one => one with { Failures = one.Failures + 1, LockedUntil = Accounts.LockAfter(one.Failures + 1, now) ?? one.LockedUntil },
                one => new AuditEntry(AuditKinds.User, $"user:{name}", "codes_refused", one.Name), cancel);
            return false;
        }

        return await users.ChangeAsync(name, one => one.CodeSecret == secret && !(one.CodeStep >= step) ? one with { CodeSecret = null, CodeStep = null } : one,
            one => new AuditEntry(AuditKinds.User, $"user:{name}", one.CodeSecret is null ? "codes_removed" : "codes_kept", one.Name), cancel) is { CodeSecret: null };
    }

    /// <summary>The time step of a right code that was not used before; null where it is none.</summary>
    /// <param name="user">Whose; they have a secret.</param>
    /// <param name="code">The code.</param>
    public long? Step(UserRow user, string? code)
    {
        ArgumentNullException.ThrowIfNull(user);
        try
        {
            return Step(Base32Encoding.ToBytes(protector.Value.Unprotect(user.CodeSecret!)), code) is { } step && !(user.CodeStep >= step) ? step : null;
        }
        catch (CryptographicException)
        {
            // The keys of sessions are others: nobody can tell, so it is no. `users reset` helps.
            return null;
        }
    }

    private long? Step(byte[] secret, string? code) => code is { Length: > 0 and < 20 }
        && new Totp(secret).VerifyTotp(time.GetUtcNow().UtcDateTime, code.Replace(" ", string.Empty, StringComparison.Ordinal), out var step, Window) ? step : null;
}
