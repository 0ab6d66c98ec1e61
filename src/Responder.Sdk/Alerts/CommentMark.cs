namespace Responder.Sdk.Alerts;

/// <summary>The end of a comment that a step put on an alert, by which it is found again.</summary>
public static class CommentMark
{
    /// <summary>A step's mark.</summary>
    /// <param name="key">The step's idempotency key.</param>
    public static string Of(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return $"[responder {key[..16]}]";
    }
}
