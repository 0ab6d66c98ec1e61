namespace Responder.Hosting.Audit;

/// <summary>Takes lines away from this machine's database: a file, a syslog server, a web address.</summary>
public interface IAuditSink : IAsyncDisposable
{
    /// <summary>Sends lines; completes when they are taken, as far as the other side says so.</summary>
    /// <param name="lines">JSON, a document a line.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="IOException">It could not be written; the message says what to look at.</exception>
    Task SendAsync(IReadOnlyList<string> lines, CancellationToken cancel);
}
