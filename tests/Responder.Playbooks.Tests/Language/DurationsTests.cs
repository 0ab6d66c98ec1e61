using CsCheck;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Tests.Language;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("8h", 28800)]
    [InlineData("7d", 604800)]
    [InlineData("0s", 0)]
    public void A_whole_number_and_a_unit_is_a_duration(string text, int seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("10")]
    [InlineData("10 m")]
    [InlineData(" 10m")]
    [InlineData("1.5h")]
    [InlineData("1h30m")]
    [InlineData("10M")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData("٣m")]
    [InlineData("3651d")]
    [InlineData("99999999999999999999s")]
    public void Anything_else_is_none(string? text) => Assert.False(Durations.TryParse(text, out _));

    [Fact]
    public void A_sign_is_read_where_it_is_allowed()
    {
        Assert.True(Durations.TryParse("-30m", out var duration, signed: true));
        Assert.Equal(-30, duration.TotalMinutes);
        Assert.False(Durations.TryParse("--30m", out _, signed: true));
    }

    [Fact]
    public void What_is_written_is_read_as_the_same() => Gen.Int[0, 300_000_000].Sample(seconds =>
    {
        var duration = TimeSpan.FromSeconds(seconds);
        Assert.True(Durations.TryParse(Durations.Format(duration), out var again));
        Assert.Equal(duration, again);
    });

    [Theory]
    [InlineData(3600, "1h")]
    [InlineData(5400, "90m")]
    [InlineData(172800, "2d")]
    [InlineData(61, "61s")]
    public void It_is_written_with_the_largest_unit_that_keeps_it_whole(int seconds, string text) => Assert.Equal(text, Durations.Format(TimeSpan.FromSeconds(seconds)));
}
