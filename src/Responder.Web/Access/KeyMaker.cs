using System.Net;
using Responder.Engine.Access;
using Responder.Engine.Runs;

namespace Responder.Web.Access;

/// <summary>Makes API keys. A key's text is in the answer and nowhere else.</summary>
/// <param name="keys">The keys.</param>
/// <param name="signing">Where the texts of keys that sign come from.</param>
/// <param name="ids">Makes ids.</param>
/// <param name="time">The clock.</param>
public sealed class KeyMaker(IApiKeys keys, SigningKeys signing, IIds ids, TimeProvider time)
{
    /// <summary>Makes one.</summary>
    /// <param name="order">What it may do.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="isSource">True for a source's name.</param>
    /// <param name="cancel">Ends waiting before it is made.</param>
    public async Task<MadeKey> MakeAsync(KeyOrder order, string by, Func<string, bool> isSource, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (Problem(order, isSource) is { } problem)
        {
            return new MadeKey(null, null, problem);
        }

        if ((await keys.ListAsync(cancel)).Any(one => one.RevokedAt is null && one.Name == order.Name))
        {
            return new MadeKey(null, null, $"There is a key named '{order.Name}'; revoke it first, or take another name.", Taken: true);
        }

        var (id, text) = (ids.New(), FirstKey.NewKey());
        var row = new ApiKeyRow(id, order.Name, [.. order.Scopes.Distinct(StringComparer.Ordinal)], by, time.GetUtcNow())
        {
            AllowedFrom = order.AllowedFrom ?? [], PerMinute = order.PerMinute, Signs = order.Signs,
        };

        // A key that signs has no text that could be sent: what is kept for it is the hash of one that nobody has.
        await keys.AddAsync(row, ApiKeyHash.Of(text), cancel);
        return new MadeKey(row, order.Signs ? await signing.OfAsync(id, cancel) : text, null);
    }

    private static string? Problem(KeyOrder order, Func<string, bool> isSource) =>
        string.IsNullOrWhiteSpace(order.Name) || order.Name.Length > 100 || order.Name.Any(char.IsControl) ? "`name` says what the key is for, in 1 to 100 characters."
        : order.Scopes.Count == 0 ? "`scopes` is empty: a key without one may do nothing."
        : order.Scopes.Select(scope => Scopes.Problem(scope, isSource)).FirstOrDefault(one => one is not null) is { } scope ? scope
        : order.AllowedFrom?.FirstOrDefault(network => !IPNetwork.TryParse(network, out _)) is { } wrong ? $"`allowed_from`: '{wrong}' is no network; write 10.0.0.0/8, or 192.0.2.7/32 for one address."
        : order.PerMinute is < 1 ? "`per_minute` is at least 1; leave it out for any number."
        : null;
}

/// <summary>A key to make.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may do: <c>alerts:write</c>, <c>alerts:write:splunk</c>, <c>runs:read</c>, <c>role:analyst</c>, …</param>
/// <param name="AllowedFrom">Networks that it may be used from, as <c>10.0.0.0/8</c>; anywhere where there is none.</param>
/// <param name="PerMinute">How many requests a minute it may make; any number where it is null.</param>
/// <param name="Signs">True for a key whose text never travels: requests are signed with it.</param>
public sealed record KeyOrder(string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string>? AllowedFrom = null, int? PerMinute = null, bool Signs = false);

/// <summary>A key that was made, or why none was.</summary>
/// <param name="Row">The key.</param>
/// <param name="Text">What its holder needs; it is shown once.</param>
/// <param name="Problem">Why there is none.</param>
/// <param name="Taken">True where its name is taken.</param>
public sealed record MadeKey(ApiKeyRow? Row, string? Text, string? Problem, bool Taken = false);
