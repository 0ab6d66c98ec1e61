namespace Responder.Sdk.Rest;

/// <summary>A token that was fetched.</summary>
/// <param name="Value">The token.</param>
/// <param name="GoodFor">How long the product said that it is good.</param>
public sealed record AccessToken(Secret Value, TimeSpan GoodFor);

/// <summary>
/// Tokens of one connection, kept across runs: fetched by one caller while the others wait, renewed before they run out, and once where the
/// product refuses one that came from here.
/// </summary>
public sealed class TokenSource : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Func<CancellationToken, Task<AccessToken>> _fetch;
    private readonly TimeProvider _time;
    private readonly TimeSpan _early;
    private Held? _held;

    /// <summary>Makes a source.</summary>
    /// <param name="fetch">Fetches a token from the product.</param>
    /// <param name="time">The clock.</param>
    /// <param name="early">How long before its end a token is renewed; a tenth of its life at most is taken.</param>
    public TokenSource(Func<CancellationToken, Task<AccessToken>> fetch, TimeProvider time, TimeSpan? early = null)
    {
        _fetch = fetch;
        _time = time;
        _early = early ?? TimeSpan.FromMinutes(3);
    }

    /// <summary>A token that is good now.</summary>
    /// <param name="cancel">Ends waiting.</param>
    public async ValueTask<AccessToken> TakeAsync(CancellationToken cancel)
    {
        if (_held is { } held && _time.GetUtcNow() < held.RenewAt)
        {
            held.Used();
            return held.Token;
        }

        await _turn.WaitAsync(cancel);
        try
        {
            var now = _time.GetUtcNow();
            if (_held is { } other && now < other.RenewAt)
            {
                other.Used();
                return other.Token;
            }

            try
            {
                var token = await _fetch(cancel);
                var early = _early < token.GoodFor / 10 ? _early : token.GoodFor / 10;
                _held = new Held(token, now + token.GoodFor - early, now + token.GoodFor);
                return token;
            }
            catch (ActionFailure) when (_held is { } old && now < old.EndsAt)
            {
                // The old one is good for a while yet: an outage of the token service is no outage of the product.
                old.Used();
                return old.Token;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The product refused a token: it is not given out again.</summary>
    /// <param name="token">The token.</param>
    /// <returns>True where it had been used before, so that a fresh one is worth a try.</returns>
    public bool Refused(string token)
    {
        if (_held is not { } held || held.Token.Value.Reveal() != token)
        {
            return true;
        }

        Interlocked.CompareExchange(ref _held, null, held);
        return held.Uses > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private sealed class Held(AccessToken token, DateTimeOffset renewAt, DateTimeOffset endsAt)
    {
        private int _uses;

        public AccessToken Token { get; } = token;

        public DateTimeOffset RenewAt { get; } = renewAt;

        public DateTimeOffset EndsAt { get; } = endsAt;

        /// <summary>How often it was given out after the call that fetched it.</summary>
        public int Uses => _uses;

        public void Used() => Interlocked.Increment(ref _uses);
    }
}
