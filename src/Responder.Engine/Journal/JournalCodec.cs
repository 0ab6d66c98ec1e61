using System.Collections.Frozen;
using System.Text.Json;
using Responder.Sdk;

namespace Responder.Engine.Journal;

/// <summary>Events to and from their stored form. A type's name and version never change their meaning.</summary>
public static class JournalCodec
{
    /// <summary>The version of every event type that this program writes.</summary>
    public static int Version => 1;

    private static readonly FrozenDictionary<string, Type> ByName = typeof(RunEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(RunEvent)))
        .ToFrozenDictionary(type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name), StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> ByType = ByName.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The names of all event types.</summary>
    public static IReadOnlyCollection<string> Types => ByName.Keys;

    /// <summary>An event's stored form.</summary>
    /// <param name="entry">The event.</param>
    public static StoredEvent Write(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var type = entry.Event.GetType();
        return new StoredEvent(entry.Seq, entry.At, ByType[type], Version, JsonSerializer.SerializeToUtf8Bytes(entry.Event, type, Json.Options));
    }

    /// <summary>An event from its stored form.</summary>
    /// <param name="stored">As stored.</param>
    /// <exception cref="UnknownEventException">A newer program wrote it.</exception>
    public static JournalEntry Read(StoredEvent stored)
    {
        var type = Known(stored);
        return new JournalEntry(stored.Seq, stored.At, (RunEvent)JsonSerializer.Deserialize(stored.Payload.Span, type, Json.Options)!);
    }

    /// <summary>Sees to it that all of a journal can be read, before anything is made of it.</summary>
    /// <param name="journal">The events as stored.</param>
    /// <exception cref="UnknownEventException">A newer program wrote one of them.</exception>
    public static void Check(IReadOnlyList<StoredEvent> journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        foreach (var stored in journal)
        {
            _ = Known(stored);
        }
    }

    /// <summary>An event's name.</summary>
    /// <param name="happened">The event.</param>
    public static string NameOf(RunEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return ByType[happened.GetType()];
    }

    private static Type Known(StoredEvent stored) => stored.Version <= Version && ByName.TryGetValue(stored.Type, out var type)
        ? type
        : throw new UnknownEventException(stored.Type, stored.Version);
}

/// <summary>An event that this program does not know: its run is left to newer nodes.</summary>
/// <param name="type">The event's name.</param>
/// <param name="version">Its version.</param>
public sealed class UnknownEventException(string type, int version)
    : Exception($"The journal holds an event '{type}' of version {version}, which this program does not know; a newer node drives that run.");
