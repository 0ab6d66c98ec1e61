using Responder.Sdk;

namespace Responder.Hosting.Connections;

/// <summary>Signs in to connections' products.</summary>
public static class ConnectionChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether one is signed in, or why not, and which actions its credential is allowed. A product that is silent for 30 s is not signed in. What was found is kept until the next check.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="name">The connection; it must be there.</param>
    /// <param name="cancel">Ends waiting.</param>
    public static async Task<Health> CheckAsync(this ConnectionSet connections, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(connections);
        return connections.Keep(name, await LookAsync(connections, name, cancel));
    }

    private static async Task<Health> LookAsync(ConnectionSet connections, string name, CancellationToken cancel)
    {
        if (connections.ServiceOf<IConnectionCheck>(name) is not { } check)
        {
            return new Health(true, "Its connector has nothing to check.", NothingSaid());
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            return await check.CheckAsync(limit.Token);
        }
        catch (ActionFailure failure)
        {
            return new Health(false, failure.Message, NothingSaid());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Health(false, $"The product said nothing for {Patience.TotalSeconds:0} s.", NothingSaid());
        }
    }

    private static Dictionary<string, string?> NothingSaid() => new(StringComparer.Ordinal);
}
