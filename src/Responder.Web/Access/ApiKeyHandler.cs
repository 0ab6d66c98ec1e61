using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Responder.Engine.Access;

namespace Responder.Web.Access;

/// <summary>Signs a machine in by its key: <c>Authorization: Bearer KEY</c>, <c>X-Api-Key: KEY</c>, the address where the route has that form, or a signature.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, IApiKeys keys, SignedRequest signed, TimeProvider time,
    KeySignIns signIns, IProblemDetailsService problems)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "api-key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Health is told though the store that has the keys does not answer.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>() is { Needs: null })
        {
            return AuthenticateResult.NoResult();
        }

        if (Request.Headers.ContainsKey(SignedRequest.SignatureHeader))
        {
            var (by, problem) = await signed.ReadAsync(Context, From);
            return by is null ? Fail(problem!) : Success(by);
        }

        if (Key() is not { Length: > 0 } key)
        {
            return AuthenticateResult.NoResult();
        }

        if (await keys.FindAsync(ApiKeyHash.Of(key), Context.RequestAborted) is not { RevokedAt: null } row)
        {
            return Fail("The API key is unknown or revoked.");
        }

        return From(row) is { } refusal ? Fail(refusal) : Success(row);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (Context.Features.Get<NoRoom>() is not null)
        {
            Response.Headers.RetryAfter = "2";
            await SayAsync(StatusCodes.Status429TooManyRequests, "Intake is full", $"{failure?.Message} Nothing of it was taken; sign and send it again in a moment.");
            return;
        }

        Response.Headers.WWWAuthenticate = ByPassword ? "Basic realm=\"Responder: any name, and an API key as the password\", charset=\"UTF-8\"" : "Bearer realm=\"responder\"";
        await SayAsync(StatusCodes.Status401Unauthorized, "An API key is needed", failure is null
            ? "Send it as `Authorization: Bearer KEY` or `X-Api-Key: KEY`. The first one is in the data folder's file `api-key`; more are made with `responder keys create`."
            : $"{failure.Message} List the keys with `responder keys list`, make one with `responder keys create`.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>()?.Needs;
        var source = Context.GetRouteValue("source") as string;
        return SayAsync(StatusCodes.Status403Forbidden, "The API key may not do this", Context.Features.Get<Wire.AddressKey>() is not null && source is not null
            ? $"A key that stands in an address must have the one scope {Scopes.OfSource(source)} and no other. Make one with `responder keys create --scope {Scopes.OfSource(source)}`."
            : needed is null ? "No key may." : $"To {needed.About} it needs the scope {needed.Scope}, or the role {needed.Role}.");
    }

    private string? From(ApiKeyRow key) => KeyLimits.WhyNotFrom(key, Context.Connection.RemoteIpAddress);

    private AuthenticateResult Success(ApiKeyRow key)
    {
        keys.NoteUse(key.Id, time.GetUtcNow());
        signIns.Entered(key, Context.Connection.RemoteIpAddress);
        Context.Features.Set(key);
        return AuthenticateResult.Success(new AuthenticationTicket(Caller.Of(key, Name), Name));
    }

    private AuthenticateResult Fail(string why)
    {
        // That there is no room just now is no refusal.
        if (Context.Features.Get<NoRoom>() is null)
        {
            signIns.Refused(Context.Connection.RemoteIpAddress, why);
        }

        return AuthenticateResult.Fail(why);
    }

    private bool ByPassword => Context.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>() is { ByPassword: true };

    private string? Key()
    {
        if (Context.Features.Get<Wire.AddressKey>() is { } inAddress)
        {
            return inAddress.Key;
        }

        if (Request.Headers["X-Api-Key"] is [{ } own])
        {
            return own;
        }

        return Request.Headers.Authorization is [{ } sent] && AuthenticationHeaderValue.TryParse(sent, out var header) ? header.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => header.Parameter,
            "BASIC" when ByPassword => Password(header.Parameter),
            _ => null,
        } : null;
    }

    private static string? Password(string? parameter)
    {
        var bytes = new byte[parameter?.Length ?? 0];
        return Convert.TryFromBase64String(parameter ?? string.Empty, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }

    private async Task SayAsync(int status, string title, string detail)
    {
        Response.StatusCode = status;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = Context, ProblemDetails = { Status = status, Title = title, Detail = detail } });
    }
}
