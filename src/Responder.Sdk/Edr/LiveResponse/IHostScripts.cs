namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>One EDR's way to run our scripts on a host.</summary>
public interface IHostScripts
{
    /// <summary>The host of an id.</summary>
    /// <param name="id">The EDR's id.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="ActionFailure">Not found.</exception>
    Task<ScriptHost> HostAsync(string id, CancellationToken cancel);

    /// <summary>Uses a host, one user at a time.</summary>
    /// <param name="host">The host.</param>
    /// <param name="use">What is done there.</param>
    /// <param name="cancel">Ends waiting for the turn.</param>
    /// <exception cref="ActionFailure">Offline, where the host is not connected.</exception>
    Task<T> UseAsync<T>(ScriptHost host, Func<IScriptSession, Task<T>> use, CancellationToken cancel);

    /// <summary>What a script of ours printed that was sent before; null where none was sent or none was carried out. One that still waits for its host is taken back, so that it never runs later.</summary>
    /// <param name="host">The host.</param>
    /// <param name="sent">Which script.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="ActionFailure">Unknown, where it still runs; offline, where it was taken back.</exception>
    Task<ScriptOutput?> RememberedAsync(ScriptHost host, SentScript sent, CancellationToken cancel);
}
