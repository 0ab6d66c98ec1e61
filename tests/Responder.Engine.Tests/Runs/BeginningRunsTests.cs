using Microsoft.Extensions.Time.Testing;
using Responder.Engine.Host;

namespace Responder.Engine.Tests.Runs;

public sealed class BeginningRunsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task They_have_their_turn_in_their_order()
    {
        var runs = new BeginningRuns(1, _time);
        var first = await runs.EnterAsync();
        var (second, third) = (runs.EnterAsync(), runs.EnterAsync());

        Assert.False(second.IsCompleted);
        first.Dispose();
        var entered = await second;
        Assert.False(third.IsCompleted);
        entered.Dispose();
        await third;
    }

    [Fact]
    public async Task A_run_whose_calls_take_long_keeps_nobody_from_beginning()
    {
        var runs = new BeginningRuns(1, _time);
        var first = await runs.EnterAsync();
        var second = runs.EnterAsync();

        _time.Advance(BeginningRuns.Turn);

        await second;
        first.Dispose();
        Assert.False(runs.EnterAsync().IsCompleted);
    }
}
