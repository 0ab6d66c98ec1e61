using Responder.Connectors.Teams.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Teams.Tests;

public sealed class TeamsChatTests : ChatContract
{
    public static TheoryData<WireFaultKind> Ways => LostAnswers.Ways;

    /// <summary>A webhook says 202 to whatever it gets.</summary>
    protected override bool KnowsItsPeople => false;

    protected override Task<World> OpenAsync(string? overrides = null) => EmulatedWorld.OpenAsync(new TeamsConnector(), new TeamsEmulator(), Now, overrides);

    [Fact]
    public async Task A_value_is_shown_letter_by_letter_and_the_card_has_link_and_key()
    {
        await using var world = await OpenAsync();
        var step = world.Connection.Step("interview");
        var question = new Template([new TemplatePart("Did **you** run ", null, false), new TemplatePart(null, "[x](http://evil.example) *a*", false)]);
        await world.Connection.DoAsync(new Ask("pnovak@company.com", question, ["yes", "no"]), step);
        var sent = Assert.Single(world.Emulator!.Calls.All).Body!;
        Assert.Contains($"https://responder.example/answer/{step.IdempotencyKey}", sent, StringComparison.Ordinal);
        Assert.Contains($"responder {step.IdempotencyKey[..16]}", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("TextBlock\",\"", sent.Replace("RichTextBlock", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Did you run [x](http://evil.example) *a*", world.Estate.Read(company => company.Outbox.Single().Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_message_is_cut_to_what_Teams_takes()
    {
        await using var world = await OpenAsync();
        await world.Connection.DoAsync(new Notify("soc", Template.Text(string.Concat(Enumerable.Repeat("A line of a very long report.\n\n", 3000)))));
        Assert.Equal(1, world.Count("chat.notify"));
        Assert.True(Assert.Single(world.Emulator!.Calls.All).Body!.Length <= 21_000);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_message_whose_answer_is_lost_is_sent_again(WireFaultKind way)
    {
        await using var world = await EmulatedWorld.OpenAsync(new TeamsConnector(), new TeamsEmulator(), Now, settings: new Dictionary<string, string?> { ["Timeout"] = "2" });
        await world.RecoverAsync(new Notify("soc", Template.Text("x")), way, "/", most: 2);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_question_whose_answer_is_lost_is_asked_again_with_the_same_link(WireFaultKind way)
    {
        await using var world = await EmulatedWorld.OpenAsync(new TeamsConnector(), new TeamsEmulator(), Now, settings: new Dictionary<string, string?> { ["Timeout"] = "2" });
        var asked = await world.RecoverAsync(new Ask("pnovak@company.com", Template.Text("Was it you?"), ["yes", "no"]), way, "/", most: 2);
        Assert.Null(asked.Answer);
        Assert.Equal(2, world.Count("chat.ask"));
        Assert.Single(world.Emulator!.Calls.All.Select(call => call.Body).Distinct());
    }

    [Fact]
    public async Task A_lost_answer_is_unknown_and_no_message_names_the_webhooks_key()
    {
        await using var world = await OpenAsync();
        world.Emulator!.Faults.Add(new WireFault { Do = WireFaultKind.DropAfterDoing, Times = 1 }, new WireFault { Do = WireFaultKind.Answer, Status = 401 });
        var key = world.Emulator.Settings["Url"]!.Split("sig=")[1];
        var lost = await world.Connection.FailsAsync(new Notify("soc", Template.Text("x")), FailureKind.Unknown);
        var refused = await world.Connection.FailsAsync(new Notify("soc", Template.Text("x")), FailureKind.Unauthorized);
        Assert.DoesNotContain(key, lost.ToString() + refused, StringComparison.Ordinal);
    }
}
