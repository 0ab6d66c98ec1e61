using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Sdk;

namespace Responder.Connectors.Tests.Bench;

/// <summary>The context of a step that no run stands behind: artifacts in memory, what was reported and asked written down.</summary>
public sealed class BenchContext(string step, TimeProvider time, Dictionary<string, byte[]> artifacts) : ActionContext
{
    /// <summary>Makes the last gate say no.</summary>
    public bool MayAct { get; init; } = true;

    /// <summary>Called where the last gate says yes, as the last thing before the call that acts.</summary>
    public Action? AtGate { get; init; }

    public int Gates { get; private set; }

    public List<(long Done, long Total, string Unit)> Reports { get; } = [];

    public override string RunId => "run-1";

    public override string StepPath => step;

    public override string IdempotencyKey { get; } = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("run-1|" + step)));

    public override int Attempt => 1;

    public override Uri? RunUrl => new("https://responder.example/runs/run-1");

    public override ILogger Log => NullLogger.Instance;

    public override TimeProvider Time => time;

    public override CancellationToken Cancel => CancellationToken.None;

    public override void Report(long done, long total, string unit) => Reports.Add((done, total, unit));

    public override ValueTask ConfirmMayActAsync()
    {
        Gates++;
        AtGate?.Invoke();
        return MayAct ? ValueTask.CompletedTask : throw new ActionFailure(FailureKind.Transient, "The kill switch is on.") { Code = "stopped_at_gate" };
    }

    public override Task<ArtifactRef> KeepAsync(string name, string mediaType, ReadOnlyMemory<byte> content)
    {
        var id = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content.Span));
        artifacts[id] = content.ToArray();
        return Task.FromResult(new ArtifactRef(id, name, content.Length, mediaType));
    }

    public override Task<ReadOnlyMemory<byte>> OpenAsync(ArtifactRef artifact) => artifacts.TryGetValue(artifact.Artifact, out var bytes)
        ? Task.FromResult<ReadOnlyMemory<byte>>(bytes)
        : throw new ActionFailure(FailureKind.NotFound, $"There is no artifact {artifact.Artifact}.");
}
