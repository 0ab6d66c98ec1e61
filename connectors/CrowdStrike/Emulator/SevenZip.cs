using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Responder.Connectors.CrowdStrike.Emulator;

/// <summary>A 7z archive of one file, stored as it is (the format's Copy method). The product encrypts its own with a known password.</summary>
internal static class SevenZip
{
    public static byte[] Pack(string name, byte[] content)
    {
        using var header = new MemoryStream();
        header.Write([0x01, 0x04, 0x06]);
        Number(header, 0);
        Number(header, 1);
        header.WriteByte(0x09);
        Number(header, (ulong)content.Length);
        header.WriteByte(0x00);
        header.Write([0x07, 0x0B, 0x01, 0x00, 0x01, 0x01, 0x00, 0x0C]);
        Number(header, (ulong)content.Length);
        header.WriteByte(0x00);
        header.Write([0x08, 0x0A, 0x01]);
        Crc(header, content);
        header.Write([0x00, 0x00]);
        header.Write([0x05, 0x01, 0x11]);
        var text = Encoding.Unicode.GetBytes(name + "\0");
        Number(header, (ulong)text.Length + 1);
        header.WriteByte(0x00);
        header.Write(text);
        header.Write([0x00, 0x00]);

        var tail = header.ToArray();
        var start = new byte[20];
        BinaryPrimitives.WriteUInt64LittleEndian(start, (ulong)content.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(start.AsSpan(8), (ulong)tail.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(16), Crc32.HashToUInt32(tail));
        using var archive = new MemoryStream();
        archive.Write([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0x00, 0x04]);
        Crc(archive, start);
        archive.Write(start);
        archive.Write(content);
        archive.Write(tail);
        return archive.ToArray();
    }

    private static void Crc(Stream stream, byte[] bytes)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(four, Crc32.HashToUInt32(bytes));
        stream.Write(four);
    }

    /// <summary>The format's own number: the count of leading ones in the first byte says how many bytes follow.</summary>
    private static void Number(Stream stream, ulong value)
    {
        var (first, mask, extra) = (0, 0x80, 0);
        for (; extra < 8 && value >= 1UL << (7 * (extra + 1)); extra++)
        {
            first |= mask;
            mask >>= 1;
        }

        stream.WriteByte((byte)(first | (extra == 8 ? 0 : (int)(value >> (8 * extra)))));
        for (var index = 0; index < extra; index++)
        {
            stream.WriteByte((byte)(value >> (8 * index)));
        }
    }
}
