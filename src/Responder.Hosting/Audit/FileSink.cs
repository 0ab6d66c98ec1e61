namespace Responder.Hosting.Audit;

/// <summary>Lines at the end of a file, on the disk when it returns. The file is opened each time, so that it can be rotated.</summary>
internal sealed class FileSink(string path) : IAuditSink
{
    public async Task SendAsync(IReadOnlyList<string> lines, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), cancel);
        file.Flush(flushToDisk: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
