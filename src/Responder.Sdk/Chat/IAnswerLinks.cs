namespace Responder.Sdk.Chat;

/// <summary>Where the answer to a question comes back: a page of ours, by a signed link. Every connection's services have one.</summary>
public interface IAnswerLinks
{
    /// <summary>
    /// The link to the answer page of the step's question. To open it answers nothing: a person chooses there and sends. The first valid answer is
    /// taken as the reply to the step's key, marked unverified. A repeat of the step has the same link.
    /// </summary>
    /// <param name="context">The step that asks.</param>
    /// <exception cref="ActionFailure">No address is known under which the page could be reached; nobody could answer.</exception>
    Task<Uri> LinkForAsync(ActionContext context);
}
