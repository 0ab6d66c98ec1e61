namespace Responder.Engine.Journal;

/// <summary>Whether the store can write; read by <c>/readyz</c> and by intake, which answer 503 while it can't.</summary>
/// <param name="CanWrite">True where the last try to write went well.</param>
/// <param name="Since">Since when it can't.</param>
/// <param name="Reason">Why, for people: what happened and what to do next.</param>
public sealed record StoreHealth(bool CanWrite, DateTimeOffset? Since = null, string? Reason = null)
{
    /// <summary>It can.</summary>
    public static StoreHealth Ok { get; } = new(true);
}
