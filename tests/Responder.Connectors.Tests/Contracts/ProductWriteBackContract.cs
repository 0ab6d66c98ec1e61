using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Writing to an alert over a wire that loses answers and refuses for a while.</summary>
public abstract class ProductWriteBackContract : AlertWriteBackContract
{
    [Theory]
    [InlineData(WireFaultKind.DropAfterDoing)]
    [InlineData(WireFaultKind.Drop)]
    public async Task What_was_written_and_not_answered_is_not_written_again(WireFaultKind kind)
    {
        await using var world = await OpenAsync();
        await WriteAsync(world, Start());
        world.Emulator!.Faults.Add(new WireFault { Do = kind, Method = "acts", Path = Acting, Times = 1 });
        var end = End(AlertWork.Resolved, AlertVerdict.TruePositive);
        await Assert.ThrowsAsync<ActionFailure>(() => WriteAsync(world, end));
        await WriteAsync(world, end);
        var alert = world.Estate.Read(Look);
        Assert.Equal(Words.Resolved, alert.Status);
        Assert.Equal([Start().Comment, end.Comment], alert.Comments);
    }

    [Fact]
    public async Task A_limit_is_told_with_its_end()
    {
        await using var world = await OpenAsync();
        world.Emulator!.Faults.Add(new WireFault { Status = 429, RetryAfter = TimeSpan.FromMinutes(4), Method = "acts", Path = Acting });
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => WriteAsync(world, Start()));
        Assert.Equal(FailureKind.RateLimited, failure.Kind);
        Assert.True(failure.RetryAfter >= TimeSpan.FromSeconds(1), $"{failure.RetryAfter}");
        Assert.Empty(world.Estate.Read(Look).Comments);
    }

    [Fact]
    public async Task Over_a_bad_wire_it_ends_the_same()
    {
        await using var world = await OpenAsync();
        world.Emulator!.Faults.Add(Bench.Stubborn.OneInFive(3));
        AlertNews[] all = [Start(), End(AlertWork.Resolved, AlertVerdict.TruePositive)];
        foreach (var news in all)
        {
            for (var done = false; !done;)
            {
                try
                {
                    await WriteAsync(world, news);
                    done = true;
                }
                catch (ActionFailure failure) when (failure.Kind is FailureKind.Transient or FailureKind.RateLimited or FailureKind.Unknown)
                {
                    world.Time!.Advance(failure.RetryAfter ?? TimeSpan.FromSeconds(30));
                }
            }
        }

        var alert = world.Estate.Read(Look);
        Assert.Equal(Words.Resolved, alert.Status);
        Assert.Equal(all.Select(news => news.Comment), alert.Comments);
    }

    /// <summary>A part of the path of the calls that write, where others act too (a search, a sign-in).</summary>
    protected virtual string? Acting => null;
}
