using System.Collections.Concurrent;
using System.Net;
using Responder.Engine.Access;
using Responder.Engine.Audit;

namespace Responder.Web.Access;

/// <summary>
/// Tells the audit which keys come in and which are turned away: each once an hour for an address, so that a sender's thousand alerts are one line and a
/// storm of guesses fills nothing. A request does not wait for it.
/// </summary>
internal sealed partial class KeySignIns(IAuditLog audit, TimeProvider time, ILogger<KeySignIns> log)
{
    private readonly Told<(string Key, IPAddress From)> _entered = new();
    private readonly Told<IPAddress> _refused = new();
    private readonly Lock _gate = new();
    private Task _written = Task.CompletedTask;

    /// <summary>Completes when what was noted so far is written.</summary>
    public Task Written => Volatile.Read(ref _written);

    /// <summary>A key came in.</summary>
    public void Entered(ApiKeyRow key, IPAddress? from)
    {
        if (_entered.IsNew((key.Id, from ?? IPAddress.None), time.GetUtcNow()))
        {
            Write($"key:{key.Name} ({key.Id})", "signed_in", from, null);
        }
    }

    /// <summary>A key was turned away.</summary>
    public void Refused(IPAddress? from, string why)
    {
        if (_refused.IsNew(from ?? IPAddress.None, time.GetUtcNow()))
        {
            Write("nobody", "refused", from, why);
        }
    }

    private void Write(string who, string action, IPAddress? from, string? why)
    {
        var address = (from is { IsIPv4MappedToIPv6: true } ? from.MapToIPv4() : from)?.ToString() ?? "?";
        lock (_gate)
        {
            _written = WriteAsync(_written, new AuditEntry(AuditKinds.SignIn, who, action, address) { Result = "api-key", Reason = why });
        }
    }

    private async Task WriteAsync(Task before, AuditEntry entry)
    {
        await before;
        try
        {
            await audit.WriteAsync(entry, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever the store says, nobody waits for it; the log has it then.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            NotWritten(log, entry.By, entry.Action, entry.Target, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{By} {Action} from {From}: that could not be written into the audit")]
    private static partial void NotWritten(ILogger logger, string by, string action, string from, Exception failure);

    /// <summary>What was told within the hour. Whoever has more addresses than it holds is told of no further; who comes in and who is refused take no room from each other.</summary>
    private sealed class Told<T>
        where T : notnull
    {
        private const int Most = 1000;
        private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

        private readonly ConcurrentDictionary<T, DateTimeOffset> _at = new();
        private DateTimeOffset _pruned;

        public bool IsNew(T one, DateTimeOffset now)
        {
            if (_at.TryGetValue(one, out var before))
            {
                // Of two at once, one tells.
                return now - before >= Quiet && _at.TryUpdate(one, now, before);
            }

            if (_at.Count >= Most && now - _pruned > TimeSpan.FromMinutes(1))
            {
                _pruned = now;
                foreach (var old in _at.Where(entry => now - entry.Value >= Quiet))
                {
                    _at.TryRemove(old);
                }
            }

            return _at.Count < Most && _at.TryAdd(one, now);
        }
    }
}
