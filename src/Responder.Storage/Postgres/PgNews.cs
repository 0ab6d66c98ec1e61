using Microsoft.Extensions.Logging;
using Npgsql;
using Responder.Engine.Journal;

namespace Responder.Storage.Postgres;

/// <summary>
/// Tells other nodes which runs were committed here, and live pages here which were committed there, by LISTEN and NOTIFY. Apart from the journal's
/// transactions, because PostgreSQL makes those that notify commit one after another. What is lost is only news: who follows a run reads it from the store.
/// </summary>
internal sealed partial class PgNews : IAsyncDisposable
{
    private const string Channel = "responder_commits";
    private const int MostIds = 300; // A notice takes 8,000 bytes.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly string _me = Guid.NewGuid().ToString("N");
    private readonly NpgsqlDataSource _source;
    private readonly CommitFeed _feed;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private readonly Task _work;
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HashSet<string> _runs = new(StringComparer.Ordinal);

    public PgNews(NpgsqlDataSource source, CommitFeed feed, ILogger log)
    {
        (_source, _feed, _log) = (source, feed, log);
        feed.Outside = Note;
        _work = Task.WhenAll(Task.Run(() => KeepAsync(ListenAsync)), Task.Run(() => KeepAsync(TellAsync)));
    }

    /// <summary>Ends when it listens, or could not at once: who follows from then on misses nothing without being told so.</summary>
    public Task Tried => _tried.Task;

    public async ValueTask DisposeAsync()
    {
        _feed.Outside = null;
        await _closing.CancelAsync();
        await _work;
        _closing.Dispose();
    }

    private void Note(string runId)
    {
        lock (_lock)
        {
            _runs.Add(runId);
        }
    }

    private async Task KeepAsync(Func<Task> work)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (Exception failure) when (failure is OperationCanceledException or NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException)
            {
                _tried.TrySetResult();
                if (_closing.IsCancellationRequested)
                {
                    return;
                }

                Lost(_log, failure.Message);
                await Task.Delay(Pause, TimeProvider.System, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync()
    {
        await using var connection = await _source.OpenConnectionAsync(_closing.Token);
        connection.Notification += (_, notice) => Hear(notice.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(_closing.Token);
        }

        // What came while nobody listened is read from the store.
        _feed.PublishGap();
        _tried.TrySetResult();
        while (true)
        {
            await connection.WaitAsync(_closing.Token);
        }
    }

    private async Task TellAsync()
    {
        while (true)
        {
            await Task.Delay(Every, TimeProvider.System, _closing.Token);
            HashSet<string> runs;
            lock (_lock)
            {
                (runs, _runs) = (_runs, _runs.Count == 0 ? _runs : new HashSet<string>(StringComparer.Ordinal));
            }

            if (runs.Count > 0)
            {
                await using var notify = _source.CreateCommand("SELECT pg_notify($1, $2)");
                notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
                notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = runs.Count > MostIds ? $"{_me} *" : $"{_me} {string.Join(' ', runs)}" });
                await notify.ExecuteNonQueryAsync(_closing.Token);
            }
        }
    }

    private void Hear(string payload)
    {
        var words = payload.Split(' ');
        if (words[0] == _me)
        {
            return;
        }

        foreach (var runId in words.Skip(1))
        {
            if (runId == "*")
            {
                _feed.PublishGap();
            }
            else
            {
                _feed.Offer(new CommitNotice(runId, [], null, [], Missed: true));
            }
        }
    }

    [LoggerMessage(1422, LogLevel.Warning, "News of other nodes' commits stopped; live pages are late until it goes on: {Why}")]
    private static partial void Lost(ILogger log, string why);
}
