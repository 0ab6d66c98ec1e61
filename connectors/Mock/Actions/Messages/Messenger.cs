using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Messages;

/// <summary>Posts messages, each once for its step's key; questions get the scripted answer, or none.</summary>
internal static class Messenger
{
    public static (MessagePosted Message, DateTimeOffset At, bool Now) Post(MockEstate estate, string action, string target, MessagePosted message, ActionContext context)
    {
        var (effect, now) = estate.DoOnce(EffectBy.Step(action, target, context), _ => message);
        return ((MessagePosted)effect!.Change!, effect.At, now);
    }

    public static async Task<Outcome<Answered>> AskAsync(
        MockEstate estate, string action, string channel, string to, string? title, Template question, IReadOnlyList<string> choices, ActionContext context)
    {
        Questions.Check(choices);
        var plain = question.Render((value, _) => value);
        var reply = estate.Read(company => company.People.GetValueOrDefault(to)?.Answer(plain, choices));
        var message = new MessagePosted(Id(channel, context), channel, [to], title, MarkdownText.Render(question), choices, reply);
        await context.ConfirmMayActAsync();
        var (posted, at, now) = Post(estate, action, to, message, context);

        // The scripted answer is the one of the time when it was asked, also after a restart.
        return posted.Reply is { } answer
            ? new Outcome<Answered>(new Answered(answer.Answer, to, at, answer.Comment, Unverified: true), now ? OutcomeKind.Done : OutcomeKind.AlreadySo)
            : Questions.Open(to);
    }

    public static string Id(string channel, ActionContext context) => $"{channel}-{context.IdempotencyKey[..16]}";

    /// <summary>A person must be known; a channel may have any name.</summary>
    public static void MustExist(MockEstate estate, string to)
    {
        if (string.IsNullOrWhiteSpace(to))
        {
            throw new ActionFailure(FailureKind.Invalid, "'to' is empty; it takes a person's mail address or a channel's name.");
        }

        if (to.Contains('@', StringComparison.Ordinal))
        {
            estate.Read(company => company.Identity.User(to));
        }
    }
}
