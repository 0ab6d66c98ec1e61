using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Responder.Engine.Audit;
using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Storage.Audit;

/// <summary>What a commit adds to the chain: events of a run, by their digests, or a line of its own. One line of UTF-8, without what it begins with.</summary>
/// <param name="Line">The line.</param>
/// <param name="IsEntry">True for a line of its own.</param>
/// <param name="IsNoted">True where somebody who reads the audit may want it.</param>
internal sealed record AuditItem(ReadOnlyMemory<byte> Line, bool IsEntry, bool IsNoted)
{
    private const int DigestChars = 43;

    /// <summary>Events that follow each other in a run's journal: the run, the first number, a digest each.</summary>
    public static AuditItem Of(string runId, params ReadOnlySpan<StoredEvent> events)
    {
        var line = new ArrayBufferWriter<byte>(runId.Length + 24 + (events.Length * (DigestChars + 1)));
        var noted = false;
        Encoding.UTF8.GetBytes(runId, line);
        Put(line, (byte)' ');
        events[0].Seq.TryFormat(line.GetSpan(20), out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        line.Advance(written);
        Span<byte> digest = stackalloc byte[32];
        foreach (ref readonly var entry in events)
        {
            Put(line, (byte)' ');
            Digest(runId, entry, digest);
            Base64Url.EncodeToUtf8(digest, line.GetSpan(DigestChars), out _, out written);
            line.Advance(written);
            noted |= AuditEvents.AreNoted(entry.Type);
        }

        return new AuditItem(line.WrittenMemory, IsEntry: false, noted);
    }

    /// <summary>What somebody did.</summary>
    public static AuditItem Of(AuditEntry entry) => new(JsonSerializer.SerializeToUtf8Bytes(entry, Json.Options), IsEntry: true, IsNoted: true);

    /// <summary>The digest of an event as it is stored: of the run, the number, the time to the millisecond, the type, the version and the payload.</summary>
    public static void Digest(string runId, in StoredEvent entry, Span<byte> digest)
    {
        var length = Encoding.UTF8.GetMaxByteCount(runId.Length) + Encoding.UTF8.GetMaxByteCount(entry.Type.Length) + 22 + entry.Payload.Length;
        var rented = length > 4096 ? ArrayPool<byte>.Shared.Rent(length) : null;
        var text = rented is null ? stackalloc byte[4096] : rented;
        var at = Encoding.UTF8.GetBytes(runId, text);
        text[at++] = 0;
        BinaryPrimitives.WriteInt64BigEndian(text[at..], entry.Seq);
        BinaryPrimitives.WriteInt64BigEndian(text[(at + 8)..], Values.Of(entry.At));
        BinaryPrimitives.WriteInt32BigEndian(text[(at + 16)..], entry.Version);
        at += 20;
        at += Encoding.UTF8.GetBytes(entry.Type, text[at..]);
        text[at++] = 0;
        entry.Payload.Span.CopyTo(text[at..]);
        SHA256.HashData(text[..(at + entry.Payload.Length)], digest);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Put(ArrayBufferWriter<byte> line, byte sign)
    {
        line.GetSpan(1)[0] = sign;
        line.Advance(1);
    }
}
