using System.IO.Compression;
using System.Text;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>
/// A journal in one piece: a byte for the form (1), then by Brotli for each event its number, its time in milliseconds since 1970, its type, its version, and its payload to the byte,
/// as the audit's digests are of it.
/// </summary>
internal static class JournalBody
{
    private const byte Form = 1;

    // Of ten it is where a smaller piece begins to cost much more time.
    private const int Quality = 6;

    public static byte[] Pack(IReadOnlyList<StoredEvent> events)
    {
        using var body = new MemoryStream();
        body.WriteByte(Form);
        using (var brotli = new BrotliStream(body, new BrotliCompressionOptions { Quality = Quality }, leaveOpen: true))
        using (var writer = new BinaryWriter(brotli, Encoding.UTF8))
        {
            writer.Write7BitEncodedInt(events.Count);
            foreach (var entry in events)
            {
                writer.Write7BitEncodedInt64(entry.Seq);
                writer.Write7BitEncodedInt64(Values.Of(entry.At));
                writer.Write(entry.Type);
                writer.Write7BitEncodedInt(entry.Version);
                writer.Write7BitEncodedInt(entry.Payload.Length);
                writer.Write(entry.Payload.Span);
            }
        }

        return body.ToArray();
    }

    /// <exception cref="InvalidDataException">It is not as it was written.</exception>
    public static List<StoredEvent> Unpack(string runId, byte[] body)
    {
        try
        {
            return body is [Form, ..] ? Read(body) : throw new InvalidDataException(body.Length == 0 ? "It is empty." : $"Its form is {body[0]}, which this program does not know.");
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException(
                $"The archived journal of run {runId} can't be read: {failure.Message} `responder audit verify` says what else was changed; a backup from before has it whole.", failure);
        }
    }

    private static List<StoredEvent> Read(byte[] body)
    {
        using var reader = new BinaryReader(new BrotliStream(new MemoryStream(body, 1, body.Length - 1), CompressionMode.Decompress), Encoding.UTF8);
        var count = reader.Read7BitEncodedInt();
        List<StoredEvent> events = [];
        for (var index = 0; index < count; index++)
        {
            var (seq, at, type, version, length) = (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64(), reader.ReadString(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            var payload = reader.ReadBytes(length);
            events.Add(payload.Length == length ? new StoredEvent(seq, Values.Time(at), type, version, payload) : throw new InvalidDataException($"It ends in its event {seq}."));
        }

        return events;
    }
}
