using System.Buffers;
using System.Text;
using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Web.Live;

/// <summary>A run's journal as server-sent events, from a number on; it goes on with what is committed, and ends with the run.</summary>
/// <param name="runId">The run.</param>
/// <param name="after">Only events after this number.</param>
/// <param name="journal">The store.</param>
/// <param name="feed">What is committed.</param>
/// <param name="stopping">The server is being stopped.</param>
internal sealed class EventStream(string runId, long after, IRunJournal journal, ICommitFeed feed, CancellationToken stopping) : IResult
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            // Followed first and read then: nothing falls between.
            using var following = feed.Follow(runId);
            await using var notices = following.ReadAllAsync(over.Token).GetAsyncEnumerator(over.Token);
            await FollowAsync(response, notices, over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The reader went, or the server is being stopped: a reader comes back with the last number that it saw.
        }
    }

    private async Task FollowAsync(HttpResponse response, IAsyncEnumerator<CommitNotice> notices, CancellationTokenSource over)
    {
        var cancel = over.Token;
        var seen = after;
        if (await CatchUpAsync())
        {
            return;
        }

        var next = notices.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                await ((Task)next).WaitAsync(SignOfLife, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancel.ThrowIfCancellationRequested();
                if (!next.IsCompleted)
                {
                    response.BodyWriter.Write(": alive\n\n"u8);
                    await response.BodyWriter.FlushAsync(cancel);
                    continue;
                }

                if (!await next || await TakeAsync(notices.Current))
                {
                    return;
                }

                next = notices.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // The reading must be over before what is read from is put away.
            await over.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task<bool> TakeAsync(CommitNotice notice) =>
            notice.Missed || notice.Events.Count == 0 || notice.Events[0].Seq > seen + 1 ? CatchUpAsync() : SendAsync(notice.Events, notice.Row);

        async Task<bool> CatchUpAsync() => await journal.ReadAsync(runId, seen, cancel) is not { } stored || await SendAsync(stored.Events, stored.Row);

        async Task<bool> SendAsync(IEnumerable<StoredEvent> events, RunRow? row)
        {
            foreach (var entry in events.Where(entry => entry.Seq > seen))
            {
                Write(response.BodyWriter, entry);
                seen = entry.Seq;
            }

            await response.BodyWriter.FlushAsync(cancel);
            return row is { } now && now.Status.IsEnd();
        }
    }

    private static void Write(IBufferWriter<byte> writer, StoredEvent entry)
    {
        writer.Write(Encoding.UTF8.GetBytes($"id: {entry.Seq}\nevent: {entry.Type}\ndata: {{\"seq\":{entry.Seq},\"at\":\"{Sdk.Json.Time(entry.At)}\",\"type\":\"{entry.Type}\",\"data\":"));
        writer.Write(entry.Payload.Span);
        writer.Write("}\n\n"u8);
    }
}
