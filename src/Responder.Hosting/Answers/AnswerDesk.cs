using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Sdk;
using Responder.Sdk.Chat;

namespace Responder.Hosting.Answers;

/// <summary>Takes people's answers to questions: the first valid one becomes the reply to the step's key.</summary>
/// <param name="node">The node.</param>
public sealed class AnswerDesk(ResponderNode node)
{
    /// <summary>The longest comment that is kept, in characters.</summary>
    public const int CommentLimit = 2000;

    /// <summary>The question of a link.</summary>
    /// <param name="token">The link's last part.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <returns>Null where the link was not made here, or its run is gone.</returns>
    public async Task<AskedQuestion?> FindAsync(string token, CancellationToken cancel)
    {
        if (await node.Connections.Answers.ReadAsync(token, cancel) is not var (runId, path) || await node.Store.Journal.ReadAsync(runId, 0, cancel) is not { } stored)
        {
            return null;
        }

        var run = Fold.All(stored.Events.Select(JournalCodec.Read));
        if (run.Step(path) is not { } step || AskedQuestion.Of(runId, run, step, node.Services.Time.GetUtcNow()) is not { } question)
        {
            return null;
        }

        return question.State == QuestionState.Open && await FirstAsync(question, run.CreatedAt, cancel) is not null ? question with { State = QuestionState.Answered } : question;
    }

    /// <summary>Answers. Nobody's sign-in stands behind it: it is kept as unverified.</summary>
    /// <param name="token">The link's last part.</param>
    /// <param name="choice">One of the choices.</param>
    /// <param name="comment">Their words; cut at <see cref="CommentLimit"/>.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <returns>The question as it stands, and whether this answer is the one that counts; a null question where there is none.</returns>
    public async Task<(AskedQuestion? Question, bool Taken)> AnswerAsync(string token, string choice, string? comment, CancellationToken cancel)
    {
        var question = await FindAsync(token, cancel);
        if (question is not { State: QuestionState.Open } || !question.Choices.Contains(choice, StringComparer.Ordinal))
        {
            return (question, false);
        }

        var now = node.Services.Time.GetUtcNow();
        var answer = new Answered(choice, question.To, now, Words(comment), Unverified: true);
        var payload = JsonSerializer.SerializeToElement(answer, Json.Options);

        // One id for a question: of two answers that race, the store keeps the first.
        var waiting = await node.Store.Inbox.PutAsync(new InboxEvent($"{question.Key}/answer", question.Key, now, payload), cancel);
        foreach (var runId in waiting)
        {
            // Not waited for: the answer is stored, and the sweep wakes what this does not.
            _ = node.Runs.WakeAsync(runId);
        }

        var first = await FirstAsync(question, now.AddDays(-1), cancel);
        return (question with { State = QuestionState.Answered }, first is { } kept && JsonElement.DeepEquals(kept.Payload, payload));
    }

    private async Task<InboxEvent?> FirstAsync(AskedQuestion question, DateTimeOffset since, CancellationToken cancel) =>
        (await node.Store.Inbox.ReadAsync(question.Key, since, cancel)) is [var first, ..] ? first : null;

    private static string? Words(string? comment)
    {
        var plain = string.Concat((comment ?? string.Empty).ReplaceLineEndings("\n").Where(letter => letter == '\n' || !char.IsControl(letter))).Trim();
        return plain.Length == 0 ? null : plain.Length <= CommentLimit ? plain : plain[..CommentLimit];
    }
}
