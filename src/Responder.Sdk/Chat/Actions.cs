namespace Responder.Sdk.Chat;

/// <summary>Posts a message.</summary>
/// <param name="To">A person's mail address, or a channel's name.</param>
/// <param name="Message">The text, as Markdown.</param>
/// <param name="Title">A heading.</param>
[Action("chat.notify", Effect.Notify)]
public sealed record Notify(string To, [property: Language("Markdown")] Template Message, string? Title = null) : IAction<MessageSent>;

/// <summary>A message that was sent.</summary>
/// <param name="Id">The product's id of it, where it gives one.</param>
/// <param name="To">To whom.</param>
/// <param name="At">When.</param>
public sealed record MessageSent(string? Id, string To, DateTimeOffset At);

/// <summary>Asks a person and waits for the answer. The answer comes by a signed link and is unverified: the account asked may be the stolen one.</summary>
/// <param name="To">The person's mail address.</param>
/// <param name="Question">The question, as Markdown.</param>
/// <param name="Choices">What may be answered, two to six.</param>
/// <param name="Title">A heading.</param>
[Action("chat.ask", Effect.Notify)]
public sealed record Ask([property: Form("email")] string To, [property: Language("Markdown")] Template Question, IReadOnlyList<string> Choices, string? Title = null) : IAction<Answered>;

/// <summary>A person's answer.</summary>
/// <param name="Answer">One of the choices.</param>
/// <param name="By">Who was asked.</param>
/// <param name="At">When it came.</param>
/// <param name="Comment">What they wrote besides.</param>
/// <param name="Unverified">True where only the link vouches for who answered.</param>
public sealed record Answered(string? Answer, string? By, DateTimeOffset? At, string? Comment, bool Unverified);
