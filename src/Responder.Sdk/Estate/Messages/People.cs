namespace Responder.Sdk.Estate;

/// <summary>Somebody who can be asked.</summary>
public sealed class Person
{
    /// <summary>What they answer; the first that fits the question.</summary>
    public List<ScriptedReply> Replies { get; } = [];

    /// <summary>The answer to a question; null where they don't answer.</summary>
    /// <param name="question">The question's text.</param>
    /// <param name="choices">What may be answered.</param>
    public ScriptedReply? Answer(string question, IReadOnlyList<string> choices)
    {
        var reply = Replies.FirstOrDefault(candidate =>
            (candidate.Question is null || question.Contains(candidate.Question, StringComparison.OrdinalIgnoreCase))
            && choices.Contains(candidate.Answer, StringComparer.OrdinalIgnoreCase));
        return reply is null ? null : reply with { Answer = choices.First(choice => string.Equals(choice, reply.Answer, StringComparison.OrdinalIgnoreCase)) };
    }
}

/// <summary>One scripted answer.</summary>
/// <param name="Answer">One of the choices.</param>
/// <param name="Comment">What they write besides.</param>
/// <param name="Question">Only where the question holds this text.</param>
public sealed record ScriptedReply(string Answer, string? Comment = null, string? Question = null);

/// <summary>A message that we posted or sent.</summary>
/// <param name="Id">The product's id of it.</param>
/// <param name="Channel"><c>chat</c> or <c>mail</c>.</param>
/// <param name="To">To whom.</param>
/// <param name="Title">Its heading or subject.</param>
/// <param name="Body">Its text, as Markdown.</param>
/// <param name="Choices">What may be answered; null where nothing is asked.</param>
/// <param name="Reply">The answer; null where none came.</param>
/// <param name="At">When.</param>
/// <param name="Key">The step's idempotency key.</param>
public sealed record PostedMessage(
    string Id, string Channel, IReadOnlyList<string> To, string? Title, string Body, IReadOnlyList<string>? Choices, ScriptedReply? Reply, DateTimeOffset At, string? Key);

/// <summary>A mailbox.</summary>
public sealed class Mailbox
{
    /// <summary>Messages, by message id.</summary>
    public Dictionary<string, ReceivedMail> Messages { get; } = new(StringComparer.Ordinal);
}

/// <summary>A mail in a mailbox.</summary>
public sealed class ReceivedMail
{
    /// <summary>The sender's address.</summary>
    public required string From { get; init; }

    /// <summary>The subject.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>The text.</summary>
    public string Body { get; init; } = string.Empty;

    /// <summary>When it came.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>True where the owner reported it.</summary>
    public bool Reported { get; init; }
}
