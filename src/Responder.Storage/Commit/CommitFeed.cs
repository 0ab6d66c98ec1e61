using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>Gives each reader a bounded queue of its own; the writer drops a slow reader's oldest notices and tells it so.</summary>
internal sealed class CommitFeed : ICommitFeed
{
    private const int Capacity = 1024;

    private ImmutableArray<Subscription> _readers = [];

    public ICommitSubscription Follow(string? runId)
    {
        var reader = new Subscription(this, runId);
        ImmutableInterlocked.Update(ref _readers, readers => readers.Add(reader));
        return reader;
    }

    /// <summary>Told of each run that was committed here; null where no other node is to hear of it.</summary>
    public Action<string>? Outside { get; set; }

    public bool HasReaders => !_readers.IsEmpty || Outside is not null;

    /// <summary>A commit of this process. Never waits.</summary>
    public void Publish(CommitNotice notice)
    {
        Outside?.Invoke(notice.RunId);
        Offer(notice);
    }

    /// <summary>Something may have been missed: all readers must read the store again.</summary>
    public void PublishGap()
    {
        foreach (var reader in _readers)
        {
            reader.OfferGap();
        }
    }

    /// <summary>To the readers here. Never waits.</summary>
    public void Offer(CommitNotice notice)
    {
        foreach (var reader in _readers)
        {
            reader.Offer(notice);
        }
    }

    private void Remove(Subscription reader) => ImmutableInterlocked.Update(ref _readers, readers => readers.Remove(reader));

    private sealed class Subscription : ICommitSubscription
    {
        private static readonly CommitNotice Gap = new("", [], null, [], Missed: true);

        private readonly CommitFeed _feed;
        private readonly string? _runId;
        private readonly Channel<CommitNotice> _queue;
        private int _missed;

        public Subscription(CommitFeed feed, string? runId)
        {
            _feed = feed;
            _runId = runId;
            _queue = Channel.CreateBounded<CommitNotice>(
                new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Volatile.Write(ref _missed, 1));
        }

        public void Offer(CommitNotice notice)
        {
            if (_runId is null || _runId == notice.RunId)
            {
                _queue.Writer.TryWrite(notice);
            }
        }

        public void OfferGap() => _queue.Writer.TryWrite(Gap);

        public async IAsyncEnumerable<CommitNotice> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var notice in _queue.Reader.ReadAllAsync(cancel))
            {
                if (Interlocked.Exchange(ref _missed, 0) == 1)
                {
                    yield return Gap;
                }

                yield return notice;
            }
        }

        public void Dispose()
        {
            _feed.Remove(this);
            _queue.Writer.TryComplete();
        }
    }
}
