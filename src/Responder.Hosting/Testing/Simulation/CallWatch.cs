using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Catalog;
using Responder.Sdk.Chat;

namespace Responder.Hosting.Testing.Simulation;

/// <summary>Stands round every action: counts calls, lets happen what a test wants before or after one, and has questions answered by the test.</summary>
internal sealed class CallWatch : IActionDecorator
{
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);

    /// <summary>How often each action was called.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    /// <summary>Called when a step's action is about to be called the first time.</summary>
    public Action<string> Beginning { get; set; } = _ => { };

    /// <summary>Called when a step's action came back well.</summary>
    public Action<string> CameBack { get; set; } = _ => { };

    /// <summary>Called when a question is out: true where the test, and nobody else, answers it.</summary>
    public Func<Question, bool> Asked { get; set; } = _ => false;

    /// <inheritdoc/>
    public BoundAction Decorate(BoundAction action) => new Watched(action, this);

    private sealed class Watched : DecoratedAction
    {
        private readonly CallWatch _watch;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Watched(BoundAction inner, CallWatch watch)
            : base(inner) => _watch = watch;

        public override async Task<Outcome<JsonElement>> RunAsync(JsonElement inputs, ActionContext context)
        {
            _watch._calls[Action.Name] = _watch._calls.GetValueOrDefault(Action.Name) + 1;
            if (_watch._begun.Add(context.StepPath))
            {
                _watch.Beginning(context.StepPath);
            }

            var outcome = await Inner.RunAsync(inputs, context);
            if (Action.ResultType == typeof(Answered) && Question.Of(inputs, context) is var question && _watch.Asked(question))
            {
                // The estate's people may have answered already; here the test speaks for them.
                outcome = Outcome.Awaiting(JsonSerializer.SerializeToElement(new Answered(null, question.To, null, null, Unverified: true), Json.Options));
            }

            if (outcome.Kind != OutcomeKind.Awaiting)
            {
                _watch.CameBack(context.StepPath);
            }

            return outcome;
        }
    }
}

/// <summary>A question to a person that is out.</summary>
/// <param name="Path">The step.</param>
/// <param name="Key">The step's key, which names the reply.</param>
/// <param name="To">Who is asked.</param>
/// <param name="Choices">What may be answered.</param>
internal sealed record Question(string Path, string Key, string To, IReadOnlyList<string> Choices)
{
    public static Question Of(JsonElement inputs, ActionContext context) => new(
        context.StepPath,
        context.IdempotencyKey,
        inputs.GetProperty("to").GetString()!,
        [.. inputs.GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()!)]);
}
