namespace Responder.Storage;

/// <summary>Who holds a data folder.</summary>
/// <param name="Pid">The process.</param>
/// <param name="StartedAt">When it took the folder.</param>
/// <param name="Address">Where its API listens; null where it has none (yet).</param>
public sealed record FolderHolder(int Pid, DateTimeOffset StartedAt, string? Address);

/// <summary>A data folder belongs to one process, and another one has it.</summary>
public sealed class DataFolderInUseException : IOException
{
    internal DataFolderInUseException(string path, FolderHolder? holder)
        : base(Say(path, holder))
    {
        Path = path;
        Holder = holder;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Who holds it; null where that could not be read.</summary>
    public FolderHolder? Holder { get; }

    private static string Say(string path, FolderHolder? holder) => holder switch
    {
        null => $"The data folder '{path}' is in use by another process. Stop that process, or use another folder with --data.",
        { Address: { } address } => $"The data folder '{path}' is in use by process {holder.Pid} since {Sdk.Json.Time(holder.StartedAt)}; "
            + $"it answers at {address}. Use --server {address}, stop that process, or use another folder with --data.",
        _ => $"The data folder '{path}' is in use by process {holder.Pid} since {Sdk.Json.Time(holder.StartedAt)}. "
            + "Wait for it to end, stop it, or use another folder with --data.",
    };
}
