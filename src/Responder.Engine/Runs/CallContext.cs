using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <summary>What a handler is told, for one attempt.</summary>
internal sealed class CallContext(
    RunServices services, RunMailbox mailbox, string runId, string path, string key, int attempt, Uri? url, string connector, string playbook, bool acts, CancellationToken cancel)
    : ActionContext
{
    private long _lastReport;
    private bool _reported;

    /// <summary>The code of a failure that the last gate caused: nothing was called.</summary>
    public const string Gate = "stopped_at_gate";

    public override string RunId => runId;

    public override string StepPath => path;

    public override string IdempotencyKey => key;

    public override int Attempt => attempt;

    public override bool Acts => acts;

    public override Uri? RunUrl => url;

    public override ILogger Log => services.Log;

    public override TimeProvider Time => services.Time;

    public override CancellationToken Cancel => cancel;

    public override void Report(long done, long total, string unit)
    {
        var now = services.Time.GetTimestamp();
        if (_reported && done != total && services.Time.GetElapsedTime(_lastReport, now) < services.Limits.ProgressEvery)
        {
            return;
        }

        _lastReport = now;
        _reported = true;
        mailbox.Post(new Reported(new StepProgress(path, done, total, unit)));
    }

    public override async ValueTask ConfirmMayActAsync()
    {
        if (!acts)
        {
            return;
        }

        if (cancel.IsCancellationRequested || mailbox.IsClosing(path))
        {
            throw new ActionFailure(FailureKind.Transient, "The run is being ended; the call was not made.") { Code = Gate };
        }

        if (await services.Journal.WhyNotActAsync(runId, mailbox.Epoch, connector, playbook) is { } why)
        {
            throw new ActionFailure(FailureKind.Transient, $"{why} The call was not made.") { Code = Gate };
        }
    }

    public override async Task<ArtifactRef> KeepAsync(string name, string mediaType, ReadOnlyMemory<byte> content)
    {
        var id = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content.Span));
        await services.Artifacts.PutAsync(id, runId, path, name, mediaType, content, cancel);
        return new ArtifactRef(id, name, content.Length, mediaType);
    }

    public override async Task<ReadOnlyMemory<byte>> OpenAsync(ArtifactRef artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        return await services.Artifacts.GetAsync(runId, artifact.Artifact, cancel)
            ?? throw new ActionFailure(FailureKind.NotFound, $"This run has no artifact {artifact.Artifact} ({artifact.Name}).");
    }
}
