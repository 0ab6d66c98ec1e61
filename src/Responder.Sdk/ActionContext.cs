using Microsoft.Extensions.Logging;

namespace Responder.Sdk;

/// <summary>What a handler is told besides the action itself.</summary>
public abstract class ActionContext
{
    /// <summary>The run's id.</summary>
    public abstract string RunId { get; }

    /// <summary>The step's place in the run, with its iterations.</summary>
    public abstract string StepPath { get; }

    /// <summary>hash(run, step path with its iterations): the same for every attempt, its probe and its recovery; 64 hex digits.</summary>
    public abstract string IdempotencyKey { get; }

    /// <summary>1 for the first attempt.</summary>
    public abstract int Attempt { get; }

    /// <summary>
    /// True where the step may change something. It tells what <c>http.request</c> alone can't: whether the step declared an effect. A bench that knows of no step says false.
    /// </summary>
    public virtual bool Acts => false;

    /// <summary>The page of the run, for a ticket or a message; null where no page is served.</summary>
    public abstract Uri? RunUrl { get; }

    /// <summary>A logger that names run and step. Inputs and outputs are not for logs.</summary>
    public abstract ILogger Log { get; }

    /// <summary>The clock.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Ends waiting. A call that acts is let finish within its own limit.</summary>
    public abstract CancellationToken Cancel { get; }

    /// <summary>Progress of long work, shown live and kept in the journal at intervals.</summary>
    /// <param name="done">How much is done.</param>
    /// <param name="total">Of how much; 0 where it is not known.</param>
    /// <param name="unit">What is counted: <c>files</c>, <c>bytes</c>.</param>
    public abstract void Report(long done, long total, string unit);

    /// <summary>
    /// The last thing before a call that acts: not cancelled, no kill switch, owner and epoch still ours.
    /// Tokens are fetched and bodies built before it, so that nothing slow stands between it and the socket.
    /// </summary>
    /// <exception cref="ActionFailure">The call must not be made; certainly not done.</exception>
    public abstract ValueTask ConfirmMayActAsync();

    /// <summary>Keeps a large output or a file as an artifact of the run.</summary>
    /// <param name="name">A file name.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="content">The bytes.</param>
    /// <returns>The reference to put into the result.</returns>
    public abstract Task<ArtifactRef> KeepAsync(string name, string mediaType, ReadOnlyMemory<byte> content);

    /// <summary>Reads an artifact of this run.</summary>
    /// <param name="artifact">As <see cref="KeepAsync"/> returned it.</param>
    public abstract Task<ReadOnlyMemory<byte>> OpenAsync(ArtifactRef artifact);
}

/// <summary>A file kept as evidence, by reference.</summary>
/// <param name="Artifact">Its id: <c>sha256:…</c> of the content.</param>
/// <param name="Name">A file name.</param>
/// <param name="Size">In bytes.</param>
/// <param name="MediaType">Its media type.</param>
public sealed record ArtifactRef(string Artifact, string Name, long Size, string MediaType);
