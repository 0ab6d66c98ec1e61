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
    // Whoever has more addresses than that is told of no further in the hour.
    private const int Most = 1000;
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Who, string From, string? Why), DateTimeOffset> _told = new();
    private Task _written = Task.CompletedTask;

    /// <summary>Completes when what was noted so far is written.</summary>
    public Task Written => Volatile.Read(ref _written);

    /// <summary>A key came in.</summary>
    public void Entered(ApiKeyRow key, IPAddress? from) => Note($"key:{key.Name} ({key.Id})", "signed_in", from, null);

    /// <summary>A key was turned away.</summary>
    public void Refused(IPAddress? from, string why) => Note("nobody", "refused", from, why);

    private void Note(string who, string action, IPAddress? from, string? why)
    {
        var (now, address) = (time.GetUtcNow(), from is { IsIPv4MappedToIPv6: true } ? from.MapToIPv4().ToString() : from?.ToString() ?? "?");
        var one = (who, address, why);
        if (_told.TryGetValue(one, out var before) && now - before < Quiet)
        {
            return;
        }

        if (_told.Count >= Most)
        {
            foreach (var old in _told.Where(entry => now - entry.Value >= Quiet))
            {
                _told.TryRemove(old);
            }
        }

        if (_told.Count < Most)
        {
            _told[one] = now;
            Volatile.Write(ref _written, WriteAsync(Written, new AuditEntry(AuditKinds.SignIn, who, action, address) { Result = "api-key", Reason = why }));
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
}
