namespace Responder.Storage;

/// <summary>Files that only their owner may read (mode 0600).</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    /// <summary>Creates an empty one where there is none; one that is there keeps its content and loses the rights of others.</summary>
    public static void Ensure(string path)
    {
        using var file = new FileStream(path, Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    /// <summary>Writes it whole: a reader sees the old or the new content, and no moment when others may read it.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancel)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        await using (var file = new FileStream(fresh, Options(FileMode.CreateNew, FileAccess.Write, FileShare.None)))
        {
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancel);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
