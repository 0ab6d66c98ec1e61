using Responder.Sdk;
using SharpCompress.Archives.SevenZip;
using SharpCompress.Readers;

namespace Responder.Connectors.CrowdStrike.LiveResponse;

/// <summary>A file that Falcon fetched comes in a 7z archive, so that no scanner on the way takes it.</summary>
internal static class Archive
{
    private const string Password = "infected";
    private const long Largest = 512L * 1024 * 1024;

    /// <summary>The one file in it.</summary>
    /// <exception cref="ActionFailure">It is no such archive, or the file is larger than what is taken.</exception>
    public static byte[] Unpack(ReadOnlyMemory<byte> archive)
    {
        try
        {
            using var packed = new MemoryStream(archive.ToArray(), writable: false);
            using var open = SevenZipArchive.OpenArchive(packed, new ReaderOptions { Password = Password });
            var entry = open.Entries.Single(entry => !entry.IsDirectory);
            if (entry.Size > Largest)
            {
                throw new ActionFailure(FailureKind.Invalid, $"The file holds {entry.Size} bytes; at most {Largest} are kept as evidence.");
            }

            using var content = entry.OpenEntryStream();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is not (ActionFailure or OutOfMemoryException))
        {
            throw new ActionFailure(FailureKind.Invalid, $"What Falcon gave for the file is no 7z archive that can be opened: {exception.Message}", exception);
        }
    }
}
