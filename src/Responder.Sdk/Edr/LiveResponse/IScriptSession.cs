namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>A host while it is ours.</summary>
public interface IScriptSession
{
    /// <summary>A script that only looks: it may be sent again.</summary>
    /// <param name="script">The script.</param>
    /// <param name="key">The step's idempotency key.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<ScriptOutput> LookAsync(HostScript script, string key, CancellationToken cancel);

    /// <summary>A script that acts: sent once, behind the engine's gate, and its end waited for whoever cancels.</summary>
    /// <param name="script">The script.</param>
    /// <param name="context">The step's context.</param>
    /// <exception cref="ActionFailure">Unknown, where its end was not learnt.</exception>
    Task<ScriptOutput> ActAsync(HostScript script, ActionContext context);
}
