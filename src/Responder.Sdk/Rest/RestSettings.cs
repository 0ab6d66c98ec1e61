using System.Net.Http.Headers;

namespace Responder.Sdk.Rest;

/// <summary>How one connection reaches its product.</summary>
public sealed record RestSettings
{
    /// <summary>What messages call the product: <c>Falcon</c>.</summary>
    public required string Product { get; init; }

    /// <summary>The API's base address. https, or http on loopback; anything else is refused.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Further hosts that redirects and next-links may lead to: <c>api.eu-1.example.com</c>, <c>.example.com</c> for all below it, <c>host:port</c> for another port than 443.</summary>
    public IReadOnlyList<string> KnownHosts { get; init; } = [];

    /// <summary>How a call signs in; null where it does not.</summary>
    public IRestAuth? Auth { get; init; }

    /// <summary>The limit of one try, from the first byte sent to the last one read. By the wall clock, also in tests: sockets know no other.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls of the connection are on the wire at once; others wait.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>The largest answer that is taken, in bytes after decompression.</summary>
    public long BodyLimit { get; init; } = 32 * 1024 * 1024;

    /// <summary>How often a read is tried in all. A call that acts is made once, whatever this says.</summary>
    public int ReadTries { get; init; } = 4;

    /// <summary>The longest that a read waits for a rate limit by itself; longer waits are the engine's.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A PEM file with a certificate authority to trust besides the system's, for products with a private one.</summary>
    public string? CaFile { get; init; }

    /// <summary>The proxy; none where null. Proxies of the environment are not used.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Makes the connection in place of the usual way, so that an address can be checked when it is connected to.</summary>
    public Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? Connect { get; init; }
}

/// <summary>How a call signs in.</summary>
public interface IRestAuth
{
    /// <summary>The header for the next call. It may fetch a token; failures are <see cref="ActionFailure"/>s.</summary>
    /// <param name="cancel">Ends waiting.</param>
    ValueTask<AuthenticationHeaderValue> HeaderAsync(CancellationToken cancel);

    /// <summary>The product refused the header.</summary>
    /// <param name="header">As it was sent.</param>
    /// <returns>True where it came from a cache and the next one will be a fresh one, so that another try makes sense.</returns>
    bool Refused(AuthenticationHeaderValue header);
}

/// <summary>What one call wants otherwise than its connection.</summary>
public sealed record RestCallOptions
{
    /// <summary>The limit of one try; the connection's where null.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The largest answer; the connection's where null.</summary>
    public long? BodyLimit { get; init; }

    /// <summary>Sends no credential: for the call that fetches one.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Made once even as a read: outside a step (a comment on an alert, say), where a repeat would do it again and the caller looks first.</summary>
    public bool Once { get; init; }

    /// <summary>Statuses that are answers to the caller and not failures, besides 200 to 299.</summary>
    public IReadOnlyCollection<int> Accept { get; init; } = [];

    /// <summary>Redirects are answers to the caller, who knows where it may go on.</summary>
    public bool NoRedirects { get; init; }

    /// <summary>A 401 or an error body is the caller's to judge: nothing is thrown for what the product answered, whatever its status.</summary>
    public bool Raw { get; init; }
}
