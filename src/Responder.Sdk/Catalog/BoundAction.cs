using System.Reflection;
using System.Text.Json;

namespace Responder.Sdk.Catalog;

/// <summary>The one untyped bridge from the engine to a typed handler of a connection.</summary>
public abstract class BoundAction
{
    /// <summary>The action.</summary>
    public required ActionDescriptor Action { get; init; }

    /// <summary>The handler's recovery rule; null for a read.</summary>
    public Recover? Recovery { get; init; }

    /// <summary>How long a probe's "no" must wait.</summary>
    public abstract TimeSpan Settle { get; }

    /// <summary>Binds a handler to its action.</summary>
    /// <param name="action">The action.</param>
    /// <param name="handler">An <see cref="IActionHandler{TAction,TResult}"/> of it.</param>
    public static BoundAction Bind(ActionDescriptor action, object handler)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(handler);
        var recovery = handler.GetType().GetCustomAttribute<RecoveryAttribute>()?.Rule;
        if (action.Effect != Effect.Read && recovery is null)
        {
            throw new InvalidOperationException($"{handler.GetType()} carries out {action.Name}, which has an effect, and has no [Recovery].");
        }

        var made = (BoundAction)Activator.CreateInstance(
            typeof(Bound<,>).MakeGenericType(action.ActionType, action.ResultType), action, handler, recovery)!;
        return recovery == Recover.Probe && !made.HasProbe
            ? throw new InvalidOperationException($"{handler.GetType()} says [Recovery(Recover.Probe)] and implements no IProbe<{action.ActionType.Name}, {action.ResultType.Name}>.")
            : made;
    }

    /// <summary>True where the handler can be asked whether it happened.</summary>
    public abstract bool HasProbe { get; }

    /// <summary>True where the handler reads the state before the effect.</summary>
    public abstract bool HasBefore { get; }

    /// <summary>Runs the handler.</summary>
    /// <param name="inputs">The resolved inputs, an object in snake_case.</param>
    /// <param name="context">Run, step, key.</param>
    public abstract Task<Outcome<JsonElement>> RunAsync(JsonElement inputs, ActionContext context);

    /// <summary>Reads the state before the effect; null where the handler reads none.</summary>
    /// <param name="inputs">The resolved inputs.</param>
    /// <param name="context">Run, step, key.</param>
    public abstract Task<Before?> BeforeAsync(JsonElement inputs, ActionContext context);

    /// <summary>Asks whether it happened.</summary>
    /// <param name="inputs">The resolved inputs.</param>
    /// <param name="before">The state before.</param>
    /// <param name="committedAt">When the first intent was committed.</param>
    /// <param name="context">Run, step, key.</param>
    public abstract Task<(ProbeVerdict Verdict, JsonElement? Result, string Reason)> ProbeAsync(
        JsonElement inputs, Before? before, DateTimeOffset committedAt, ActionContext context);

    private sealed class Bound<TAction, TResult> : BoundAction
        where TAction : IAction<TResult>
    {
        private readonly IActionHandler<TAction, TResult> _handler;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Bound(ActionDescriptor action, object handler, Recover? recovery)
        {
            Action = action;
            Recovery = recovery;
            _handler = (IActionHandler<TAction, TResult>)handler;
        }

        public override TimeSpan Settle => _handler is IProbe<TAction, TResult> probe ? probe.Settle : TimeSpan.Zero;

        public override bool HasProbe => _handler is IProbe<TAction, TResult>;

        public override bool HasBefore => _handler is IReadsBefore<TAction>;

        public override async Task<Outcome<JsonElement>> RunAsync(JsonElement inputs, ActionContext context)
        {
            var outcome = await _handler.RunAsync(Read(inputs), context);
            return new Outcome<JsonElement>(JsonSerializer.SerializeToElement(outcome.Value, Json.Options), outcome.Kind);
        }

        public override async Task<Before?> BeforeAsync(JsonElement inputs, ActionContext context) =>
            _handler is IReadsBefore<TAction> reads ? await reads.BeforeAsync(Read(inputs), context) : null;

        public override async Task<(ProbeVerdict Verdict, JsonElement? Result, string Reason)> ProbeAsync(
            JsonElement inputs, Before? before, DateTimeOffset committedAt, ActionContext context)
        {
            var probe = (IProbe<TAction, TResult>)_handler;
            var answer = await probe.ProbeAsync(new Intent<TAction>(Read(inputs), context.IdempotencyKey, before, committedAt), context);
            return (answer.Verdict, answer.Result is null ? null : JsonSerializer.SerializeToElement(answer.Result, Json.Options), answer.Reason);
        }

        private static TAction Read(JsonElement inputs)
        {
            try
            {
                return inputs.Deserialize<TAction>(Json.Options)!;
            }
            catch (JsonException exception)
            {
                throw new ActionFailure(FailureKind.Invalid, $"The inputs do not fit the action: {exception.Message}", exception);
            }
        }
    }
}
