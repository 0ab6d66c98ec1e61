using System.Collections.Concurrent;
using System.Net;
using System.Threading.RateLimiting;
using Responder.Engine.Access;

namespace Responder.Web.Access;

/// <summary>Where from and how often keys may be used.</summary>
internal sealed class KeyLimits : IDisposable
{
    private readonly ConcurrentDictionary<(string Key, int PerMinute), TokenBucketRateLimiter> _rates = new();

    /// <summary>Why a key may not be used from where the request comes; null where it may.</summary>
    public static string? WhyNotFrom(ApiKeyRow key, IPAddress? from)
    {
        if (key.AllowedFrom.Count == 0)
        {
            return null;
        }

        var address = from is { IsIPv4MappedToIPv6: true } ? from.MapToIPv4() : from;
        return address is not null && key.AllowedFrom.Any(network => IPNetwork.TryParse(network, out var parsed) && parsed.Contains(address))
            ? null
            : $"The key '{key.Name}' may not be used from {address}; it is for {string.Join(", ", key.AllowedFrom)}.";
    }

    /// <summary>Counts a request; null where it may go on, else how long to wait.</summary>
    public TimeSpan? Count(ApiKeyRow key)
    {
        if (key.PerMinute is not { } most)
        {
            return null;
        }

        using var lease = _rates.GetOrAdd((key.Id, most), static one => Make(one.PerMinute)).AttemptAcquire();
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);
    }

    public void Dispose()
    {
        foreach (var rate in _rates.Values)
        {
            rate.Dispose();
        }
    }

    // All of a minute's at once, then as they come back.
    private static TokenBucketRateLimiter Make(int perMinute)
    {
        var period = TimeSpan.FromMilliseconds(Math.Max(250, 60_000.0 / perMinute));
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute, TokensPerPeriod = Math.Max(1, (int)(perMinute * period.TotalMinutes)), ReplenishmentPeriod = period, QueueLimit = 0, AutoReplenishment = true,
        });
    }
}
