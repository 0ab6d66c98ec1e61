using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Mail;

namespace Responder.Connectors.Mock.Tests;

/// <summary>Who answers what.</summary>
public sealed class PeopleTests
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);
    private static readonly Ask Question = new(
        "alexchen@company.com", new Template([new TemplatePart("Did you run ", null, false), new TemplatePart(null, "copy *.docx", false), new TemplatePart("?", null, false)]), ["Yes", "No"]);

    [Fact]
    public async Task Alex_Chen_says_no_and_the_answer_is_unverified()
    {
        await using var world = MockWorlds.Open(Now);
        var asked = await world.Connection.DoAsync(Question);
        Assert.Equal((OutcomeKind.Done, "No", "alexchen@company.com", true), (asked.Kind, asked.Value.Answer, asked.Value.By, asked.Value.Unverified));
        Assert.NotNull(asked.Value.Comment);
        Assert.Equal(@"Did you run copy \*.docx?", world.Estate.Read(company => company.Outbox[0].Body));
    }

    [Fact]
    public async Task A_question_asked_again_by_the_same_step_is_put_once_and_answered_the_same()
    {
        using var folder = new TempFolder();
        await using (var world = MockWorlds.Open(Now, folder: folder))
        {
            await world.Connection.DoAsync(Question, world.Connection.Step("interview"));
        }

        await using var again = MockWorlds.Open(Now, "{ people: { alexchen@company.com: { replies: [ { answer: 'yes' } ] } } }", folder: folder);
        var asked = await again.Connection.DoAsync(Question, again.Connection.Step("interview"));
        Assert.Equal((OutcomeKind.AlreadySo, "No"), (asked.Kind, asked.Value.Answer));
        Assert.Equal("Yes", (await again.Connection.DoAsync(Question, again.Connection.Step("interview_2"))).Value.Answer);
        var effect = again.Estate.Effects()["chat.ask"];
        Assert.Equal((2, 1), (effect.Count, effect.Repeats));
    }

    [Fact]
    public async Task A_reply_may_be_to_one_question_only()
    {
        await using var world = MockWorlds.Open(
            Now, "{ people: { alexchen@company.com: { replies: [ { question: lunch, answer: 'yes' }, { question: copy *, answer: 'yes' }, { answer: maybe } ] } } }");
        Assert.Equal("Yes", (await world.Connection.DoAsync(Question)).Value.Answer);
        Assert.Equal(OutcomeKind.Awaiting, (await world.Connection.DoAsync(Question with { Question = Template.Text("Something else?") })).Kind);
    }

    [Fact]
    public async Task A_mail_is_one_line_of_subject_and_keeps_its_marks_quoted()
    {
        await using var world = MockWorlds.Open(Now);
        await world.Connection.DoAsync(new SendMail(["a@b.example"], "One\r\nBcc: x@evil.example", new Template([new TemplatePart(null, "[x](http://evil.example)", false)])));
        var (title, body) = world.Estate.Read(company => (company.Outbox[0].Title, company.Outbox[0].Body));
        Assert.Equal("One Bcc: x@evil.example", title);
        Assert.Equal(@"\[x\](http://evil.example)", body);
    }
}
