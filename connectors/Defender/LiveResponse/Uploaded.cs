using System.IO.Compression;
using System.Security.Cryptography;

namespace Responder.Connectors.Defender.LiveResponse;

/// <summary>A file that a machine uploaded: Defender's reference does not say how it is packed, so the form is taken that gives what was hashed on the machine.</summary>
internal static class Uploaded
{
    /// <summary>No more is unpacked, whatever an archive says.</summary>
    private const long Largest = 512L * 1024 * 1024;

    /// <summary>The file; null where no form of it has the hash.</summary>
    /// <param name="body">As it came: a zip archive of one file, gzip, or the file itself.</param>
    /// <param name="sha256">The hash that it must have.</param>
    public static byte[]? Find(ReadOnlyMemory<byte> body, string sha256)
    {
        var bytes = body.ToArray();
        return (bytes switch
        {
            [(byte)'P', (byte)'K', ..] => Unpacked(bytes, packed => new ZipArchive(packed).Entries.Single(entry => entry.Name.Length > 0).Open()),
            [0x1F, 0x8B, ..] => Unpacked(bytes, packed => new GZipStream(packed, CompressionMode.Decompress)),
            _ => [],
        }).Prepend(bytes).FirstOrDefault(content => string.Equals(Convert.ToHexStringLower(SHA256.HashData(content)), sha256, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<byte[]> Unpacked(byte[] bytes, Func<Stream, Stream> open)
    {
        try
        {
            using var packed = new MemoryStream(bytes, writable: false);
            using var content = open(packed);
            using var unpacked = new MemoryStream();
            var part = new byte[81_920];
            for (int read; (read = content.Read(part)) > 0 && unpacked.Length <= Largest;)
            {
                unpacked.Write(part, 0, read);
            }

            return unpacked.Length <= Largest ? [unpacked.ToArray()] : [];
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException or IOException)
        {
            return [];
        }
    }
}
