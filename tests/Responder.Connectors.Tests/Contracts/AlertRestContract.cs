using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>What a product left out when it sent an alert: a search's rows after the first.</summary>
public abstract class AlertRestContract : ContractSuite
{
    private const string Sid = "scheduler__admin__search__RMD5a1_at_1709147700_132";

    [Fact]
    public async Task All_rows_of_the_search_come_each_as_the_sender_would_have_sent_it()
    {
        await using var world = await OpenAsync(Rows(2500));
        var first = Delivered(Sid);
        var rest = world.Connection.Services.GetRequiredService<IAlertRest>();
        Assert.Equal(("splunk", Sid), (rest.Source, rest.ReferenceOf(first)));
        var all = await rest.FetchAsync(Sid, first, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 2500).Select(row => $"WS-{row}"), all.Select(one => one.GetProperty("result").GetProperty("dest").GetString()));
        Assert.All(all, one => Assert.Equal((Sid, "Mass copy"), (one.GetProperty("sid").GetString(), one.GetProperty("search_name").GetString())));
        Assert.Equal(first.GetProperty("result").GetRawText(), all[0].GetProperty("result").GetRawText().Replace(" ", string.Empty, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_that_is_not_kept_any_more_is_told_as_that()
    {
        await using var world = await OpenAsync();
        var rest = world.Connection.Services.GetRequiredService<IAlertRest>();
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => rest.FetchAsync("scheduler__gone", Delivered("scheduler__gone"), TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.NotFound, failure.Kind);
    }

    [Theory]
    [InlineData("""{"result":{"dest":"WS-1"}}""")]
    [InlineData("""{"sid":null}""")]
    [InlineData("""{"sid":7}""")]
    [InlineData("""[]""")]
    public async Task Where_nothing_names_a_search_nothing_is_left_out(string document)
    {
        await using var world = await OpenAsync();
        Assert.Null(world.Connection.Services.GetRequiredService<IAlertRest>().ReferenceOf(JsonSerializer.Deserialize<JsonElement>(document)));
    }

    /// <summary>A webhook's body with the first row.</summary>
    protected static JsonElement Delivered(string sid) => JsonSerializer.SerializeToElement(new { sid, search_name = "Mass copy", result = new { dest = "WS-0", files = "1" } });

    private static string Rows(int count) =>
        $"siem:\n  searches:\n    {Sid}:\n" + string.Join('\n', Enumerable.Range(0, count).Select(row => $"      - {{ dest: WS-{row}, files: \"{row + 1}\" }}"));
}
