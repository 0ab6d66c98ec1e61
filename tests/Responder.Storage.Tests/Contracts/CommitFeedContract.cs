using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>Live pages see what was committed, in order, and nothing else.</summary>
public abstract class CommitFeedContract : StoreContract
{
    [Fact]
    public async Task A_follower_gets_each_commit_of_its_run_in_order()
    {
        using var all = Store.Feed.Follow(null);
        using var one = Store.Feed.Follow("r1");
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1"), Make.Run("r2")]));
        await Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, events: 2, row: Make.Waits, changes: new ApprovalOpened(Make.Approval("g1", "r1"))));
        await Store.Journal.AppendAsync(Make.Batch("r1", 3, 1, row: Make.Ended));

        var mine = await ReadAsync(one, 3);

        Assert.Equal([1L, 2L, 3L, 4L], mine.SelectMany(notice => notice.Events).Select(entry => entry.Seq));
        Assert.Equal([RunStatus.Running, RunStatus.Waiting, RunStatus.Succeeded], mine.Select(notice => notice.Row!.Status));
        Assert.IsType<ApprovalOpened>(Assert.Single(mine[1].Changes));
        Assert.Equal(["r1", "r2", "r1", "r1"], (await ReadAsync(all, 4)).Select(notice => notice.RunId));
    }

    [Fact]
    public async Task What_was_not_committed_is_not_shown()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1")]));
        using var feed = Store.Feed.Follow("r1");

        await Store.Journal.AppendAsync(Make.Batch("r1", 7, 1));
        await Store.Journal.AppendAsync(Make.Batch("r1", 1, 1));

        Assert.Equal(2, Assert.Single(Assert.Single(await ReadAsync(feed, 1)).Events).Seq);
    }

    [Fact]
    public async Task A_run_that_gets_a_slot_is_told_of()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1") with { ConcurrencyKey = "k" }, Make.Run("r2") with { ConcurrencyKey = "k" }]));
        using var feed = Store.Feed.Follow("r2");

        await Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, row: Make.Ended));

        Assert.Equal(RunStatus.Running, Assert.Single(await ReadAsync(feed, 1)).Row!.Status);
    }

    [Fact]
    public async Task A_reader_that_falls_behind_holds_nobody_up_and_is_told_that_it_missed_something()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1")]));
        using var slow = Store.Feed.Follow("r1");

        await Task.WhenAll(Enumerable.Range(1, 3000).Select(seq => Store.Journal.AppendAsync(Make.Batch("r1", seq, 1))));
        await Store.Journal.AppendAsync(Make.Batch("r1", 3001, 1));
        var notices = await ReadAsync(slow, 2);

        Assert.True(notices[0].Missed);
        Assert.False(notices[1].Missed);
        Assert.Equal(3002, (await Store.Journal.ReadAsync("r1", notices[1].Events[0].Seq, Cancel))!.LastSeq);
    }

    [Fact]
    public async Task A_disposed_follower_reads_no_more()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1")]));
        var feed = Store.Feed.Follow("r1");
        feed.Dispose();

        await Store.Journal.AppendAsync(Make.Batch("r1", 1, 1));

        Assert.Empty(await ReadAsync(feed, 1));
    }

    private static async Task<List<CommitNotice>> ReadAsync(ICommitSubscription feed, int count)
    {
        List<CommitNotice> notices = [];
        await foreach (var notice in feed.ReadAllAsync(Cancel))
        {
            notices.Add(notice);
            if (notices.Count == count)
            {
                break;
            }
        }

        return notices;
    }
}
