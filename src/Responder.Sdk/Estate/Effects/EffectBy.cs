namespace Responder.Sdk.Estate;

/// <summary>Who does an effect, on what.</summary>
/// <param name="Action">The action's name.</param>
/// <param name="Target">What it is done to, by a name that people know.</param>
/// <param name="Key">The step's idempotency key; null where a person or an emulator's caller does it.</param>
/// <param name="Run">The run's id.</param>
public sealed record EffectBy(string Action, string Target, string? Key = null, string? Run = null)
{
    /// <summary>The call at an emulator that does it: <c>falcon#17</c>.</summary>
    public string? Call { get; init; }

    /// <summary>By a step.</summary>
    /// <param name="action">The action's name.</param>
    /// <param name="target">What it is done to.</param>
    /// <param name="context">The step's context.</param>
    public static EffectBy Step(string action, string target, ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new EffectBy(action, target, context.IdempotencyKey, context.RunId);
    }
}

/// <summary>One effect, as it is kept on disk.</summary>
/// <param name="Seq">Its number, from 1.</param>
/// <param name="At">When.</param>
/// <param name="Action">The action's name.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Key">The step's idempotency key.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Change">What it changed; null for a repeat, which changes nothing, and for a fault that struck.</param>
/// <param name="Fault">The fault that struck, where the line is of one.</param>
/// <param name="Call">The call at an emulator that did it.</param>
public sealed record EstateEffect(
    long Seq, DateTimeOffset At, string Action, string Target, string? Key, string? Run, Change? Change, string? Fault = null, string? Call = null)
{
    /// <summary>True where something was done, and not by the world itself.</summary>
    internal bool Counts => Change is { Counts: true } && !Action.StartsWith("world.", StringComparison.Ordinal);
}
