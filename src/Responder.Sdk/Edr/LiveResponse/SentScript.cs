namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>By what a script that was sent before is known again.</summary>
/// <param name="Key">The idempotency key of the step that sent it; null for any step.</param>
/// <param name="Values">Values that it was sent with.</param>
public sealed record SentScript(string? Key, params (string Name, string Value)[] Values)
{
    /// <summary>A script of a step, by what it was to do.</summary>
    /// <param name="key">The step's idempotency key.</param>
    /// <param name="mode">The script's mode.</param>
    public static SentScript OfStep(string key, string mode) => new(key, ("mode", mode));
}
