using Microsoft.Extensions.Logging;
using Responder.Playbooks.Suppressions;

namespace Responder.Hosting.Catalog;

/// <summary>The suppression rules of a file, read again when it changes. Where there is no file there is no rule.</summary>
/// <param name="file">The file; null for none.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed partial class SuppressionCatalog(string? file, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private SuppressionSet _current = SuppressionSet.Empty;
    private (DateTime Written, long Length) _seen;
    private DateTimeOffset _lookAgain = DateTimeOffset.MinValue;

    /// <summary>Those in force. What can't be read suppresses nothing.</summary>
    public SuppressionSet Current
    {
        get
        {
            lock (_lock)
            {
                if (file is not null && time.GetUtcNow() is var now && now >= _lookAgain)
                {
                    _lookAgain = now + LookEvery;
                    Look(file);
                }

                return _current;
            }
        }
    }

    private void Look(string path)
    {
        try
        {
            var info = new FileInfo(path);
            var seen = info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
            if (seen == _seen)
            {
                return;
            }

            _current = info.Exists ? SuppressionFile.Read(File.ReadAllText(path), path) : SuppressionSet.Empty;
            _seen = seen;
            Loaded(log, _current.Rules.Count, path);
            foreach (var problem in _current.Problems)
            {
                Broken(log, problem.ToString());
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Unreadable(log, path, failure.Message);
        }
    }

    [LoggerMessage(1521, LogLevel.Information, "{Count} suppression rules are in force, from {File}")]
    private static partial void Loaded(ILogger log, int count, string file);

    [LoggerMessage(1522, LogLevel.Warning, "A suppression rule has an error and suppresses nothing: {Problem}")]
    private static partial void Broken(ILogger log, string problem);

    [LoggerMessage(1523, LogLevel.Error, "The suppression rules in {File} can't be read, and stay as they were: {Reason}")]
    private static partial void Unreadable(ILogger log, string file, string reason);
}
