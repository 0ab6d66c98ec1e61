using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Responder.Storage;

/// <summary>
/// The lock file of a data folder. What counts is the operating system's lock on it, which ends with the process however that dies; a file left behind
/// is no obstacle. Its content only says who holds it.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = "responder.lock";

    // On Unix a file opened with FileShare.None carries an exclusive flock; on Windows others may still read who holds it.
    private static readonly FileShare Share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or null where another process has it.</summary>
    public static FolderLock? TryTake(string folder)
    {
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, FileName), SecretFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, Share)));
        }
        catch (IOException failure) when (IsTaken(failure))
        {
            return null;
        }
    }

    /// <summary>True where a process holds it. Looks with a shared lock, so that two who look don't meet.</summary>
    public static bool IsHeld(string folder)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Write);
            return OperatingSystem.IsWindows() && !CanWrite(folder);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException failure) when (IsTaken(failure))
        {
            return true;
        }
    }

    /// <summary>What the holder wrote; null where it has written nothing readable.</summary>
    public static FolderHolder? ReadHolder(string folder)
    {
        try
        {
            using var file = OpenUnlocked(Path.Combine(folder, FileName));
            return JsonSerializer.Deserialize<FolderHolder>(file, Sdk.Json.Options);
        }
        catch (Exception failure) when (failure is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(FolderHolder holder)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(holder, Sdk.Json.Options);
        RandomAccess.Write(_file.SafeFileHandle, text, 0);
        RandomAccess.SetLength(_file.SafeFileHandle, text.Length);
    }

    public void Dispose()
    {
        if (!_file.SafeFileHandle.IsClosed)
        {
            RandomAccess.SetLength(_file.SafeFileHandle, 0);
            _file.Dispose();
        }
    }

    private static bool CanWrite(string folder)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsTaken(IOException failure) =>
        failure.GetType() == typeof(IOException) && (failure.HResult & 0xFFFF) is 11 or 35 or 32 or 33; // EWOULDBLOCK (Linux, macOS), sharing and lock violation

    // .NET takes a shared flock for every reader, which the holder's exclusive one refuses: the file is opened below it.
    private static FileStream OpenUnlocked(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }

        var descriptor = Open(Encoding.UTF8.GetBytes(path + '\0'), 0);
        return descriptor < 0
            ? throw new IOException($"'{path}' can't be read.")
            : new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);
}
