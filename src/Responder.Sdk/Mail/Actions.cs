using Responder.Sdk.Chat;

namespace Responder.Sdk.Mail;

/// <summary>Sends a mail.</summary>
/// <param name="To">Addresses.</param>
/// <param name="Subject">The subject; line breaks are taken out.</param>
/// <param name="Body">The text, as Markdown; sent as text and HTML.</param>
/// <param name="Cc">More addresses.</param>
/// <param name="Attachments">Artifacts to attach.</param>
[Action("mail.send", Effect.Notify)]
public sealed record SendMail(
    IReadOnlyList<string> To, string Subject, [property: Language("Markdown")] Template Body, IReadOnlyList<string>? Cc = null, IReadOnlyList<ArtifactRef>? Attachments = null) : IAction<MailSent>;

/// <summary>A mail that the server took.</summary>
/// <param name="MessageId">Its message id, made from the step's key.</param>
/// <param name="At">When.</param>
public sealed record MailSent(string MessageId, DateTimeOffset At);

/// <summary>Asks a person by mail and waits for the answer, which is unverified as in <see cref="Ask"/>.</summary>
/// <param name="To">The person's mail address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Question">The question, as Markdown.</param>
/// <param name="Choices">What may be answered, two to six.</param>
[Action("mail.ask", Effect.Notify)]
public sealed record AskByMail([property: Form("email")] string To, string Subject, [property: Language("Markdown")] Template Question, IReadOnlyList<string> Choices) : IAction<Answered>;
