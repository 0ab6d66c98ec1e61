namespace Responder.Storage;

/// <summary>
/// The folder that holds all that this installation keeps. It belongs to one process, by the operating system's lock on its file
/// <c>responder.lock</c>, from <see cref="OpenAsync"/> to the process's end.
/// </summary>
public sealed class DataFolder : IDisposable
{
    // A process that is just ending, or one that looks who holds the folder, has the lock for a moment.
    private static readonly TimeSpan[] Patience = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(50), 10)];

    private readonly FolderLock _lock;
    private FolderHolder _holder;

    private DataFolder(string path, FolderLock taken, FolderHolder holder)
    {
        Path = path;
        _lock = taken;
        _holder = holder;
        _lock.Write(holder);
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Takes the folder; makes it (mode 0700) where it isn't there.</summary>
    /// <param name="path">Where.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="DataFolderInUseException">Another process has it; the message says which and where it answers.</exception>
    public static async Task<DataFolder> OpenAsync(string path, TimeProvider time, CancellationToken cancel)
    {
        var full = System.IO.Path.GetFullPath(path);
        Make(full);
        foreach (var pause in Patience)
        {
            if (FolderLock.TryTake(full) is { } taken)
            {
                return new DataFolder(full, taken, new FolderHolder(Environment.ProcessId, time.GetUtcNow(), null));
            }

            await Task.Delay(pause, TimeProvider.System, cancel);
        }

        throw new DataFolderInUseException(full, FolderLock.ReadHolder(full));
    }

    /// <summary>Who holds a folder; null where nobody does. Takes nothing. A holder that has not yet said who it is has the process id 0.</summary>
    /// <param name="path">The folder.</param>
    public static FolderHolder? HolderOf(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return FolderLock.IsHeld(full) ? FolderLock.ReadHolder(full) ?? new FolderHolder(0, DateTimeOffset.UnixEpoch, null) : null;
    }

    /// <summary>Says where this process's API listens, for those who find the folder taken.</summary>
    /// <param name="address">A base address: <c>http://127.0.0.1:5080</c>.</param>
    public void Announce(string address)
    {
        _holder = _holder with { Address = address };
        _lock.Write(_holder);
    }

    /// <summary>The full path of a file in it.</summary>
    /// <param name="name">The file's name.</param>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file that only its owner may read (mode 0600), whole or not at all.</summary>
    /// <param name="name">The file's name: <c>first-sign-in</c>.</param>
    /// <param name="text">Its content.</param>
    /// <param name="cancel">Ends waiting.</param>
    public Task WriteSecretAsync(string name, string text, CancellationToken cancel) => SecretFile.WriteAsync(File(name), text, cancel);

    /// <summary>Gives the folder back.</summary>
    public void Dispose() => _lock.Dispose();

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
