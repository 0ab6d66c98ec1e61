using System.Text;
using System.Text.Json;
using CsCheck;
using Responder.Sdk.Estate;

namespace Responder.Sdk.Tests.Estate;

public sealed class MockEstateTests
{
    private static Isolation IsolationOf(MockEstate estate) => estate.Read(company => company.Hosts["A"].Isolation);

    private static EstateEffect? Isolate(MockEstate estate, string key = "k1", string run = "r1") => estate.Do(
        Small.By("edr.isolate_host", key, run), company => company.Hosts["A"].Isolation == Isolation.Isolated ? null : new IsolationChanged(company.Hosts["A"].Id, Isolation.Isolated));

    [Fact]
    public void What_is_so_already_is_no_effect()
    {
        var estate = MockEstate.InMemory(Small.Definition, TimeProvider.System);
        Assert.Equal(1, Isolate(estate)!.Seq);
        Assert.Null(Isolate(estate));
        Assert.Equal(1, estate.Effects()["edr.isolate_host"].Count);
    }

    [Fact]
    public void A_decision_that_throws_leaves_nothing()
    {
        var estate = MockEstate.InMemory(Small.Definition, TimeProvider.System);
        Assert.Throws<ActionFailure>(() => estate.Do(Small.By("x.y"), company => throw new ActionFailure(FailureKind.Conflict, "no")));
        Assert.Empty(estate.History);
    }

    [Fact]
    public void Effects_are_counted_by_run_target_and_key_and_repeats_apart()
    {
        var estate = MockEstate.InMemory(Small.Definition, TimeProvider.System);
        Change Post(Company company) => new MessagePosted("1", "chat", ["soc"], null, "x");
        Assert.True(estate.DoOnce(Small.By("chat.notify"), Post).Now);
        Assert.False(estate.DoOnce(Small.By("chat.notify"), Post).Now);
        estate.DoOnce(Small.By("chat.notify", "k2", "r2"), Post);
        var all = estate.Effects()["chat.notify"];
        Assert.Equal((2, 1), (all.Count, all.Repeats));
        Assert.Equal((2, 1, 1), (all.ByTarget["A"], all.ByKey["k1"], all.ByKey["k2"]));
        Assert.Equal(1, estate.Effects("r2")["chat.notify"].Count);
        Assert.Empty(estate.Effects("r3"));
    }

    [Fact]
    public void What_happens_by_itself_is_kept_and_not_counted()
    {
        using var folder = new TempFolder();
        var estate = MockEstate.Open(Small.Definition, folder.Path, TimeProvider.System);
        estate.Happen(JsonDocument.Parse("""{"is":"host_connected","host":"B","online":true}""").RootElement);
        estate.Close();
        var again = MockEstate.Open(Small.Definition, folder.Path, TimeProvider.System);
        Assert.True(again.Read(company => company.Hosts["B"].Online));
        Assert.Empty(again.Effects());
        again.Close();
    }

    [Theory]
    [InlineData("""{"is":"nonsense"}""")]
    [InlineData("""{"is":"host_connected","host":"NONE","online":true}""")]
    [InlineData("""{"is":"process_ended","host":"A","pid":7}""")]
    [InlineData("""{"is":"host_connected"}""")]
    public void What_cannot_happen_is_refused_and_leaves_nothing(string change)
    {
        var estate = MockEstate.InMemory(Small.Definition, TimeProvider.System);
        Assert.Throws<EstateException>(() => estate.Happen(JsonDocument.Parse(change).RootElement));
        Assert.Empty(estate.History);
    }

    [Fact]
    public void A_torn_last_line_is_cut_off_wherever_a_kill_tore_it()
    {
        using var folder = new TempFolder();
        var estate = MockEstate.Open(Small.Definition, folder.Path, TimeProvider.System);
        for (var index = 0; index < 5; index++)
        {
            estate.Do(Small.By("tickets.comment", $"k{index}"), _ => new MessagePosted($"{index}", "chat", ["soc"], "ä ö", "line\nbreak"));
        }

        estate.Close();
        var whole = File.ReadAllBytes(folder.Log);
        Gen.Int[0, whole.Length].Sample(length =>
        {
            using var torn = new TempFolder();
            File.WriteAllBytes(torn.Log, whole[..length]);
            var lines = Encoding.UTF8.GetString(whole[..length]).Count(letter => letter == '\n');
            var again = MockEstate.Open(Small.Definition, torn.Path, TimeProvider.System);
            var kept = again.History.Count;
            var next = again.Do(Small.By("tickets.comment", "next"), _ => new MessagePosted("n", "chat", ["soc"], null, "x"))!;
            again.Close();
            var third = MockEstate.Open(Small.Definition, torn.Path, TimeProvider.System);
            var after = third.History.Count;
            third.Close();
            return kept == lines && next.Seq == lines + 1 && after == lines + 1;
        }, iter: 60);
    }

    [Fact]
    public void A_line_in_the_middle_that_is_none_is_an_error_that_says_which()
    {
        using var folder = new TempFolder();
        var estate = MockEstate.Open(Small.Definition, folder.Path, TimeProvider.System);
        Isolate(estate);
        estate.Close();
        File.WriteAllText(folder.Log, "nonsense\n" + File.ReadAllText(folder.Log));
        var failure = Assert.Throws<EstateException>(() => MockEstate.Open(Small.Definition, folder.Path, TimeProvider.System));
        Assert.Contains("line 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Log, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_take_turns_and_each_is_counted()
    {
        using var folder = new TempFolder();
        var estate = MockEstate.Open(Small.Definition, folder.Path, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Task.Run(() =>
        {
            Isolate(estate, $"i{index}");
            estate.Do(Small.By("chat.notify", $"n{index}"), _ => new MessagePosted($"{index}", "chat", ["soc"], null, "x"));
        })));
        Assert.Equal((1, 40), (estate.Effects()["edr.isolate_host"].Count, estate.Effects()["chat.notify"].Count));
        Assert.Equal(Enumerable.Range(1, 41).Select(seq => (long)seq), estate.History.Select(effect => effect.Seq));
        estate.Close();
        Assert.Equal(41, File.ReadAllLines(folder.Log).Length);
    }

    [Fact]
    public void A_reset_forgets_what_happened_here_and_on_disk()
    {
        using var folder = new TempFolder();
        var estate = MockEstate.Open(Small.Definition, folder.Path, TimeProvider.System);
        Isolate(estate);
        estate.Reset();
        Assert.Equal((Isolation.Normal, 0), (IsolationOf(estate), estate.History.Count));
        Isolate(estate);
        estate.Close();
        Assert.Single(File.ReadAllLines(folder.Log));
    }

    [Fact]
    public void The_state_is_in_the_shape_of_the_YAML_and_without_what_is_gone()
    {
        var estate = MockEstate.InMemory(Small.Definition, TimeProvider.System);
        var folder = estate.State().GetProperty("hosts").GetProperty("A").GetProperty("folders").GetProperty(@"C:\temp\s");
        Assert.Equal("""{"count":5,"bytes":1000}""", folder.GetProperty("now").GetRawText());
        estate.Do(Small.By("edr.delete_folder"), company => new FolderGone(company.Hosts["A"].Id, @"C:\temp\s", 5, 1000));
        Isolate(estate);
        var host = estate.State().GetProperty("hosts").GetProperty("A");
        Assert.False(host.GetProperty("folders").TryGetProperty(@"C:\temp\s", out _));
        Assert.Equal("isolated", host.GetProperty("isolation").GetString());
    }

    [Fact]
    public void Shares_of_a_folder_are_one_estate_and_the_last_one_closes_it()
    {
        using var folder = new TempFolder();
        var first = SharedEstates.Take(Small.Definition, folder.Path, TimeProvider.System);
        var second = SharedEstates.Take(Small.Definition, Path.Combine(folder.Path, "."), TimeProvider.System);
        Assert.Same(first.Estate, second.Estate);
        first.Dispose();
        first.Dispose();
        Isolate(second.Estate);
        second.Dispose();
        using var third = SharedEstates.Take(Small.Definition, folder.Path, TimeProvider.System);
        Assert.NotSame(second.Estate, third.Estate);
        Assert.Equal(Isolation.Isolated, IsolationOf(third.Estate));
    }
}
