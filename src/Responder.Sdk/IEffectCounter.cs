namespace Responder.Sdk;

/// <summary>
/// Counts what a made-up product was made to do. The mock connector's services hold one, so that a run can show <c>mock_effects</c>
/// without anyone naming that connector; a real product has none.
/// </summary>
public interface IEffectCounter
{
    /// <summary>What was done, by action name. Reads, refusals and "already so" are not in it.</summary>
    /// <param name="run">Only what this run did; null for all.</param>
    IReadOnlyDictionary<string, EffectCount> Effects(string? run = null);
}

/// <summary>How often an action had its effect.</summary>
/// <param name="Action">The action's name.</param>
/// <param name="Count">How often it was done.</param>
/// <param name="Repeats">How often it was called again under a key that had done it, and nothing more was done.</param>
/// <param name="ByTarget">The same count for each target, by its name.</param>
/// <param name="ByKey">The same count for each idempotency key; more than 1 is an effect done twice.</param>
public sealed record EffectCount(
    string Action, int Count, int Repeats, IReadOnlyDictionary<string, int> ByTarget, IReadOnlyDictionary<string, int> ByKey);
