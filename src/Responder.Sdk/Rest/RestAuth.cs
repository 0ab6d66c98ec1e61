using System.Net.Http.Headers;
using System.Text;

namespace Responder.Sdk.Rest;

/// <summary>A credential that stays the same.</summary>
public sealed class FixedAuth : IRestAuth
{
    private readonly string _scheme;
    private readonly Secret _parameter;

    private FixedAuth(string scheme, Secret parameter) => (_scheme, _parameter) = (scheme, parameter);

    /// <summary><c>Authorization: Bearer …</c>.</summary>
    /// <param name="token">The token.</param>
    public static FixedAuth Bearer(Secret token) => new("Bearer", token);

    /// <summary><c>Authorization: Basic …</c>.</summary>
    /// <param name="user">The user.</param>
    /// <param name="password">The password or API token.</param>
    public static FixedAuth Basic(string user, Secret password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return new("Basic", new Secret(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}"))));
    }

    /// <summary>A scheme of the product's own, such as <c>Splunk …</c>.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="token">What follows it.</param>
    public static FixedAuth Of(string scheme, Secret token) => new(scheme, token);

    /// <inheritdoc/>
    public ValueTask<AuthenticationHeaderValue> HeaderAsync(CancellationToken cancel) => new(new AuthenticationHeaderValue(_scheme, _parameter.Reveal()));

    /// <inheritdoc/>
    public bool Refused(AuthenticationHeaderValue header) => false;
}

/// <summary>A bearer token from a <see cref="TokenSource"/>.</summary>
/// <param name="tokens">Where the tokens come from.</param>
public sealed class TokenAuth(TokenSource tokens) : IRestAuth
{
    /// <inheritdoc/>
    public async ValueTask<AuthenticationHeaderValue> HeaderAsync(CancellationToken cancel) => new("Bearer", (await tokens.TakeAsync(cancel)).Value.Reveal());

    /// <inheritdoc/>
    public bool Refused(AuthenticationHeaderValue header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return tokens.Refused(header.Parameter ?? string.Empty);
    }
}
