using Responder.Sdk.Emulation;
using Responder.Sdk.Rest;

namespace Responder.Sdk.Tests.Entra;

/// <summary>OData's filters: values are quoted for it, and the emulators read it.</summary>
public sealed class ODataTests
{
    private static readonly DateTimeOffset At = new(2024, 2, 28, 19, 15, 33, TimeSpan.Zero);

    [Theory]
    [InlineData("alex", "'alex'")]
    [InlineData("O'Hara", "'O''Hara'")]
    [InlineData("x' or true eq true or '", "'x'' or true eq true or '''")]
    [InlineData("", "''")]
    public void A_value_is_one_literal_whatever_is_in_it(string value, string quoted)
    {
        Assert.Equal(quoted, OData.Quote(value));
        Assert.Equal(value == "alex", ODataFilter.Parse($"name eq {OData.Quote(value)}")!(Field));
    }

    [Fact]
    public void A_control_character_is_refused() => Assert.Equal(FailureKind.Invalid, Assert.Throws<ActionFailure>(() => OData.Quote("a\nb")).Kind);

    [Theory]
    [InlineData("", true)]
    [InlineData("name eq 'ALEX'", true)]
    [InlineData("name ne 'alex'", false)]
    [InlineData("enabled eq true and status eq 'new'", true)]
    [InlineData("enabled eq false or not (status eq 'new')", false)]
    [InlineData("at ge 2024-02-28T19:15:33.0000000Z and at lt 2024-02-28T19:15:34Z", true)]
    [InlineData("at gt 2024-02-28T19:15:33Z", false)]
    [InlineData("status in ('new', 'resolved')", true)]
    [InlineData("startswith(name,'al') and endswith(name,'x') and contains(name,'le')", true)]
    [InlineData("tags/any(tag: tag eq 'Tier0')", true)]
    [InlineData("tags/any(t:t eq 'Tier1')", false)]
    [InlineData("owner eq null", true)]
    [InlineData("status ne null", true)]
    public void A_filter_is_read(string filter, bool fits) => Assert.Equal(fits, ODataFilter.Parse(filter)!(Field));

    [Theory]
    [InlineData("name eq")]
    [InlineData("name eq 'x")]
    [InlineData("(name eq 'x'")]
    [InlineData("name like 'x'")]
    [InlineData("name eq 'x' name")]
    [InlineData("name eq 'x'; drop")]
    public void What_is_no_filter_is_none(string filter) => Assert.Null(ODataFilter.Parse(filter));

    private static IEnumerable<object?> Field(string path) => path switch
    {
        "name" => ["alex"],
        "enabled" => [true],
        "status" => ["new"],
        "at" => [At],
        "tags" => ["Tier0", "Server"],
        _ => [null],
    };
}
