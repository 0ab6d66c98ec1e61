using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Mail;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Chat: messages and questions.</summary>
public abstract class ChatContract : ContractSuite
{
    /// <summary>False for a product that takes a message for anybody and says nothing of who is there.</summary>
    protected virtual bool KnowsItsPeople => true;

    [Fact]
    public async Task A_message_is_posted()
    {
        await using var world = await OpenAsync();
        var sent = await world.Connection.DoAsync(new Notify("soc", Template.Text("Isolated."), "ENG-WS-045"));
        Assert.Equal("soc", sent.Value.To);
        Assert.Equal(1, world.Count("chat.notify"));
        await world.Connection.FailsAsync(new Notify(" ", Template.Text("x")), FailureKind.Invalid);
    }

    [Fact]
    public async Task Who_does_not_answer_is_waited_for()
    {
        await using var world = await OpenAsync();
        var asked = await world.Connection.DoAsync(new Ask("pnovak@company.com", Template.Text("Was it you?"), ["yes", "no"]));
        Assert.Equal((OutcomeKind.Awaiting, null, true), (asked.Kind, asked.Value.Answer, asked.Value.Unverified));
        Assert.Equal(1, world.Count("chat.ask"));
    }

    [Fact]
    public async Task A_question_has_two_to_six_choices_and_somebody_to_go_to()
    {
        await using var world = await OpenAsync();
        await world.Connection.FailsAsync(new Ask("pnovak@company.com", Template.Text("?"), ["yes"]), FailureKind.Invalid);
        Assert.Equal(0, world.Count("chat.ask"));
        if (KnowsItsPeople)
        {
            await world.Connection.FailsAsync(new Ask("ghost@company.com", Template.Text("?"), ["yes", "no"]), FailureKind.NotFound);
            Assert.Equal(0, world.Count("chat.ask"));
        }
    }
}

/// <summary>Mail.</summary>
public abstract class MailContract : ContractSuite
{
    [Fact]
    public async Task A_mail_is_sent_with_an_id_of_its_step()
    {
        await using var world = await OpenAsync();
        var sent = await world.Connection.DoAsync(new SendMail(
            ["management@company.com"], "Ransomware\r\nBcc: x@evil.example", Template.Text("A host was isolated."), ["mlee@company.com"], [world.Connection.Keep("a.txt", "a")]));
        Assert.Matches("^<.+@.+>$", sent.Value.MessageId);
        Assert.Equal(1, world.Count("mail.send"));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("a@b.example\r\nBcc: x@evil.example")]
    [InlineData("")]
    public async Task What_is_no_address_is_invalid(string address)
    {
        await using var world = await OpenAsync();
        await world.Connection.FailsAsync(new SendMail([address], "x", Template.Text("x")), FailureKind.Invalid);
        Assert.Equal(0, world.Count("mail.send"));
    }

    [Fact]
    public async Task Who_does_not_answer_is_waited_for()
    {
        await using var world = await OpenAsync();
        var asked = await world.Connection.DoAsync(new AskByMail("pnovak@company.com", "A question", Template.Text("Was it you?"), ["yes", "no"]));
        Assert.Equal(OutcomeKind.Awaiting, asked.Kind);
    }
}
