using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Runs;
using Responder.Sdk;
using Responder.Sdk.Chat;

namespace Responder.Hosting.Answers;

/// <summary>How a question stands.</summary>
public enum QuestionState
{
    /// <summary>It waits for its answer.</summary>
    Open,

    /// <summary>The first valid answer was taken.</summary>
    Answered,

    /// <summary>Its time is over, or the run's.</summary>
    Closed,
}

/// <summary>A question that a step put to a person.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Path">The step.</param>
/// <param name="Key">The step's key, which names the reply.</param>
/// <param name="To">Who was asked.</param>
/// <param name="Title">A heading.</param>
/// <param name="Markdown">The question, values quoted.</param>
/// <param name="Choices">What may be answered.</param>
/// <param name="State">How it stands.</param>
public sealed record AskedQuestion(
    string RunId, string Path, string Key, string To, string? Title, string Markdown, IReadOnlyList<string> Choices, QuestionState State)
{
    /// <summary>From the step's state; null where the step asks nobody.</summary>
    internal static AskedQuestion? Of(string runId, RunState run, StepState step, DateTimeOffset now)
    {
        if (step is not { Intent: { } intent, Inputs: { ValueKind: JsonValueKind.Object } inputs }
            || !inputs.TryGetProperty("question", out var question) || !inputs.TryGetProperty("choices", out var choices))
        {
            return null;
        }

        var over = run.Ended is not null || step.Status.IsEnd() || step.Status == StepStatus.InDoubt || step.Due <= now;
        return new AskedQuestion(
            runId, step.Path, intent.Key, Text(inputs, "to") ?? string.Empty, Text(inputs, "title") ?? Text(inputs, "subject"),
            MarkdownText.Render(question.Deserialize<Template>(Json.Options)!), [.. choices.EnumerateArray().Select(choice => choice.GetString()!)],
            step.Taken is not null ? QuestionState.Answered : over ? QuestionState.Closed : QuestionState.Open);
    }

    private static string? Text(JsonElement inputs, string name) =>
        inputs.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
