namespace Responder.Sdk.Rest;

/// <summary>One call on its way through the handler.</summary>
/// <param name="options">What it wants otherwise.</param>
/// <param name="gate">The engine's last gate; null for a read.</param>
/// <param name="cancel">Ends waiting.</param>
internal sealed class WireCall(RestCallOptions options, Func<ValueTask>? gate, CancellationToken cancel)
{
    public static readonly HttpRequestOptionsKey<WireCall> Key = new("responder.call");

    public RestCallOptions Options { get; } = options;

    public Func<ValueTask>? Gate { get; } = gate;

    public CancellationToken Cancel { get; } = cancel;

    public bool Acts => Gate is not null;

    /// <summary>The request as it was made: redirects change it, and the next try begins with it again.</summary>
    public (Uri Address, HttpMethod Method, HttpContent? Content) Made { get; set; }

    /// <summary>The last answer.</summary>
    public RestAnswer? Answer { get; set; }

    /// <summary>A cached token was refused, and the next attempt gets a fresh one.</summary>
    public bool TokenDropped { get; set; }

    /// <summary>What was sent as the credential, to be taken out of messages.</summary>
    public string? Credential { get; set; }

    /// <summary>How long the product asked to wait.</summary>
    public TimeSpan? RetryAfter { get; set; }
}
