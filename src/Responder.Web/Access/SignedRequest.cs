using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Responder.Engine.Access;
using Responder.Web.Wire;

namespace Responder.Web.Access;

/// <summary>
/// A request signed in place of a key: <c>X-Responder-Key</c> (the key's id), <c>X-Responder-Timestamp</c> (seconds since 1970) and
/// <c>X-Responder-Signature</c> (<c>sha256=</c> and <see cref="SigningKeys.Sign"/>). It is good for five minutes, and once.
/// </summary>
internal sealed class SignedRequest(IApiKeys keys, SigningKeys signing, IntakeBudget budget, TimeProvider time)
{
    public const string KeyHeader = "X-Responder-Key";
    public const string TimestampHeader = "X-Responder-Timestamp";
    public const string SignatureHeader = "X-Responder-Signature";

    private const string Before = "sha256=";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>The key that signed, or why not.</summary>
    /// <param name="http">The request; its body is read, and can be read again.</param>
    /// <param name="allowed">Why a key may not be used for the request, before anything of its body is read.</param>
    public async Task<(ApiKeyRow? Key, string? Problem)> ReadAsync(HttpContext http, Func<ApiKeyRow, string?> allowed)
    {
        var headers = http.Request.Headers;
        if (!long.TryParse(headers[TimestampHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || headers[SignatureHeader] is not [{ } signature])
        {
            return (null, $"A signed request has {TimestampHeader} (seconds since 1970) and {SignatureHeader}.");
        }

        if (Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) > Window.TotalSeconds)
        {
            return (null, "The signature's time is more than five minutes from the time here: sign it again, and look at the sender's clock.");
        }

        if (await keys.ByIdAsync(headers[KeyHeader].ToString(), http.RequestAborted) is not { RevokedAt: null, Signs: true } key)
        {
            return (null, "The key that signed is unknown or revoked.");
        }

        if (allowed(key) is { } refusal)
        {
            return (null, refusal);
        }

        var body = await BodyAsync(http);
        if (body is null)
        {
            http.Features.Set(new NoRoom());
            return (null, "There is no room for the request just now.");
        }

        var wanted = Before + SigningKeys.Sign(await signing.OfAsync(key.Id, http.RequestAborted), seconds, http.Request.Method, $"{http.Request.Path}{http.Request.QueryString}", body.Body.Span);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(wanted), Encoding.UTF8.GetBytes(signature)))
        {
            return (null, "The signature is not that of this request under this key.");
        }

        return await keys.UseOnceAsync(wanted, time.GetUtcNow() + Window + Window, http.RequestAborted)
            ? (key, null)
            : (null, "The signature was used before: each request is signed anew.");
    }

    private async Task<IntakeBudget.Delivery?> BodyAsync(HttpContext http)
    {
        if (await budget.ReadAsync(http.Request, http.RequestAborted) is not { } body)
        {
            return null;
        }

        http.Response.RegisterForDispose(body);
        http.Features.Set(body);
        http.Request.Body = new MemoryStream(body.Body.ToArray(), writable: false);
        return body;
    }
}

/// <summary>The request was refused because memory for bodies is spent, not because of its key.</summary>
internal sealed record NoRoom;
