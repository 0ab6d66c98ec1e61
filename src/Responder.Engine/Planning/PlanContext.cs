using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Engine.Runs;
using Responder.Sdk;

namespace Responder.Engine.Planning;

/// <summary>What a read is told in a dry run. It refuses to act, whatever asks.</summary>
internal sealed class PlanContext(string path, TimeProvider time, ConcurrentDictionary<string, ReadOnlyMemory<byte>> artifacts, CancellationToken cancel) : ActionContext
{
    public override string RunId => "plan";

    public override string StepPath => path;

    public override string IdempotencyKey => Keys.Of("plan", path);

    public override int Attempt => 1;

    public override Uri? RunUrl => null;

    public override ILogger Log => NullLogger.Instance;

    public override TimeProvider Time => time;

    public override CancellationToken Cancel => cancel;

    public override void Report(long done, long total, string unit)
    {
    }

    public override ValueTask ConfirmMayActAsync() =>
        throw new ActionFailure(FailureKind.RejectedByPolicy, "A dry run acts on nothing.");

    public override Task<ArtifactRef> KeepAsync(string name, string mediaType, ReadOnlyMemory<byte> content)
    {
        var id = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content.Span));
        artifacts[id] = content;
        return Task.FromResult(new ArtifactRef(id, name, content.Length, mediaType));
    }

    public override Task<ReadOnlyMemory<byte>> OpenAsync(ArtifactRef artifact) => Task.FromResult(
        artifacts.TryGetValue(artifact.Artifact, out var content) ? content : throw new ActionFailure(FailureKind.NotFound, $"The dry run has no artifact {artifact.Name}."));
}
