namespace Responder.Sdk;

/// <summary>What follows an order that a product took.</summary>
public static class Ordered
{
    /// <summary>
    /// Looks after an order that was given. A look that fails then says nothing of the order: its end is unknown, and the action's recovery rule is asked. As <see cref="FailureKind.Transient"/>
    /// it would be given a second time.
    /// </summary>
    /// <param name="order">For people: which order was given, to whom.</param>
    /// <param name="follow">The looks.</param>
    /// <param name="ends">Kinds by which <paramref name="follow"/> tells the order's own end; they pass as they are.</param>
    /// <exception cref="ActionFailure">Of one of <paramref name="ends"/>, or unknown.</exception>
    public static async Task<T> FollowAsync<T>(string order, Func<Task<T>> follow, params FailureKind[] ends)
    {
        ArgumentNullException.ThrowIfNull(follow);
        ArgumentNullException.ThrowIfNull(ends);
        try
        {
            return await follow();
        }
        catch (ActionFailure failure) when (failure.Kind != FailureKind.Unknown && !ends.Contains(failure.Kind))
        {
            throw new ActionFailure(FailureKind.Unknown, $"{order}, and its end was not learnt: {failure.Message}", failure) { Code = failure.Code, TraceId = failure.TraceId };
        }
    }
}
